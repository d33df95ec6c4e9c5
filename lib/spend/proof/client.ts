'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { Page } from '@/lib/kernel/pages';
import type { ProofOut } from './doors';

const KEY = ['ledger-proofs', 'last'];

/** The last proof that rollups and budgets equal the ledger; null when none was run. */
export const useLastProof = (initial: ProofOut | null): UseQueryResult<ProofOut | null, ApiProblem> =>
  useQuery<ProofOut | null, ApiProblem>({
    queryKey: KEY,
    queryFn: async ({ signal }) =>
      (await callApi<Page<ProofOut>>('GET', '/api/v1/ledger-proofs?limit=1', undefined, { signal })).items[0] ?? null,
    initialData: initial,
  });

/** Runs a proof now. */
export function useProve(): UseMutationResult<ProofOut, ApiProblem, void> {
  const queries = useQueryClient();
  return useMutation<ProofOut, ApiProblem, void>({
    mutationFn: () => callApi<ProofOut>('POST', '/api/v1/ledger-proofs'),
    onSuccess: (proof) => queries.setQueryData(KEY, proof),
  });
}
