'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { Page } from '@/lib/kernel/pages';
import type { PolicyChange, PolicyIn, PolicyOut } from './schema';

const POLICIES = '/api/v1/escalation-policies';

/** Escalation policies that have not ended. */
export const usePolicies = (initialData?: Page<PolicyOut>): UseQueryResult<Page<PolicyOut>, ApiProblem> =>
  useQuery({
    queryKey: ['escalation-policies'],
    queryFn: () => callApi<Page<PolicyOut>>('GET', `${POLICIES}?limit=200`),
    ...(initialData && { initialData }),
  });

function usePolicyWrite<Input>(ask: (input: Input) => Promise<PolicyOut>): UseMutationResult<PolicyOut, ApiProblem, Input> {
  const queries = useQueryClient();
  return useMutation<PolicyOut, ApiProblem, Input>({
    mutationFn: ask,
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['escalation-policies'] }),
  });
}

/** Makes a policy, or changes one that is there. */
export const useSavePolicy = (id: string | null) =>
  usePolicyWrite<PolicyIn | PolicyChange>((input) =>
    id === null ? callApi<PolicyOut>('POST', POLICIES, input) : callApi<PolicyOut>('PATCH', `${POLICIES}/${encodeURIComponent(id)}`, input),
  );

/** Ends a policy. */
export const useEndPolicy = () => usePolicyWrite<string>((id) => callApi<PolicyOut>('DELETE', `${POLICIES}/${encodeURIComponent(id)}`));
