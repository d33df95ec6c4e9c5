'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { Page } from '@/lib/kernel/pages';
import type { GrantOut } from './schema';

/** The grants of a budget, newest first. @param initial what the server rendered */
export const useGrants = (budgetId: string, initial: GrantOut[]): UseQueryResult<GrantOut[], ApiProblem> =>
  useQuery<GrantOut[], ApiProblem>({
    queryKey: ['budget', budgetId, 'grants'],
    queryFn: async ({ signal }) =>
      (await callApi<Page<GrantOut>>('GET', `/api/v1/budgets/${encodeURIComponent(budgetId)}/grants?limit=100`, undefined, { signal }))
        .items,
    initialData: initial,
  });

function useGrantMutation<Input>(
  budgetId: string,
  ask: (input: Input) => Promise<GrantOut>,
): UseMutationResult<GrantOut, ApiProblem, Input> {
  const queries = useQueryClient();
  return useMutation<GrantOut, ApiProblem, Input>({
    mutationFn: ask,
    onSuccess: () => {
      for (const queryKey of [['budget', budgetId], ['budgets'], ['overview'], ['plans']]) void queries.invalidateQueries({ queryKey });
    },
  });
}

export type NewGrant = { amount: string; scope?: Record<string, string | Record<string, string>>; reason: string; expiresAt: string };

/** Asks for a grant out of a budget's reserve; a second person approves it. @param key the form's own idempotency key */
export const useAskForGrant = (budgetId: string, key: string) =>
  useGrantMutation(budgetId, (body: NewGrant) =>
    callApi<GrantOut>('POST', `/api/v1/budgets/${encodeURIComponent(budgetId)}/grants`, body, { idempotencyKey: key }),
  );

/** Approves a grant that someone else asked for. */
export const useApproveGrant = (budgetId: string) =>
  useGrantMutation(budgetId, (id: string) => callApi<GrantOut>('POST', `/api/v1/grants/${encodeURIComponent(id)}/approve`, {}));

/** Ends a grant, or declines one that was asked for. */
export const useEndGrant = (budgetId: string) =>
  useGrantMutation(budgetId, ({ id, reason }: { id: string; reason: string }) =>
    callApi<GrantOut>('DELETE', `/api/v1/grants/${encodeURIComponent(id)}?${new URLSearchParams({ reason })}`),
  );
