'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, callApi, idempotencyKey } from '@/lib/http/call';
import type { BriefOut } from './schema';

/** The working brief; live, like what it is written from. */
export const useBrief = (initial: BriefOut): UseQueryResult<BriefOut, ApiProblem> =>
  useQuery<BriefOut, ApiProblem>({
    queryKey: ['brief'],
    queryFn: ({ signal }) => callApi<BriefOut>('GET', '/api/v1/brief', undefined, { signal }),
    initialData: initial,
  });

/** Saves the brief as a new version. */
export function useSaveBrief(): UseMutationResult<BriefOut, ApiProblem, string> {
  const queries = useQueryClient();
  return useMutation<BriefOut, ApiProblem, string>({
    mutationFn: (markdown) => callApi<BriefOut>('POST', '/api/v1/brief/versions', { markdown }, { idempotencyKey: idempotencyKey() }),
    onSuccess: (brief) => queries.setQueryData(['brief'], brief),
  });
}

/** Makes the draft budgets of the brief. */
export const useGenerateDashboard = (): UseMutationResult<{ budgetIds: string[] }, ApiProblem, void> =>
  useMutation<{ budgetIds: string[] }, ApiProblem, void>({
    mutationFn: () => callApi<{ budgetIds: string[] }>('POST', '/api/v1/brief/dashboard', {}, { idempotencyKey: idempotencyKey() }),
  });
