'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, callApi, idempotencyKey } from '@/lib/http/call';
import type { ProposeIn, TargetChange, ValueOut } from './schema';

/** The KPI plan and the splits. */
export const useValue = (initial: ValueOut): UseQueryResult<ValueOut, ApiProblem> =>
  useQuery<ValueOut, ApiProblem>({
    queryKey: ['value'],
    queryFn: ({ signal }) => callApi<ValueOut>('GET', '/api/v1/value', undefined, { signal }),
    initialData: initial,
  });

function useValueMutation<Input>(ask: (input: Input) => Promise<ValueOut>): UseMutationResult<ValueOut, ApiProblem, Input> {
  const queries = useQueryClient();
  return useMutation<ValueOut, ApiProblem, Input>({ mutationFn: ask, onSuccess: (value) => queries.setQueryData(['value'], value) });
}

/** Sets what a workload in a stage is to come to. */
export const useSetTarget = (workload: string, stage: string) =>
  useValueMutation((change: TargetChange) =>
    callApi<ValueOut>('PATCH', `/api/v1/workloads/${encodeURIComponent(workload)}/targets/${encodeURIComponent(stage)}`, change),
  );

/** Proposes a split to the budget's owner. */
export const useProposeSplit = () =>
  useValueMutation((split: ProposeIn) => callApi<ValueOut>('POST', '/api/v1/splits', split, { idempotencyKey: idempotencyKey() }));
