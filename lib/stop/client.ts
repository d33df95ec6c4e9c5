'use client';

import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import type { BudgetOut } from '@/lib/budget/schema';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { StopOut } from './schema';

function useStopMutation<Input>(budgetId: string, ask: (input: Input) => Promise<StopOut>): UseMutationResult<StopOut, ApiProblem, Input> {
  const queries = useQueryClient();
  return useMutation<StopOut, ApiProblem, Input>({
    mutationFn: ask,
    onSuccess: (stop) => {
      const stopId = stop.liftedAt === null ? stop.id : null;
      queries.setQueryData<BudgetOut>(['budget', budgetId], (budget) => budget && { ...budget, current: { ...budget.current, stopId } });
      for (const queryKey of [['budget', budgetId], ['budgets'], ['overview']]) void queries.invalidateQueries({ queryKey });
    },
  });
}

/** Lifts a budget's open stop; 409 `stop.no_room` while the first call would raise it again. */
export const useLiftStop = (budgetId: string) =>
  useStopMutation(budgetId, ({ stopId, why }: { stopId: string; why: string }) =>
    callApi<StopOut>('POST', `/api/v1/stops/${encodeURIComponent(stopId)}/lift`, { why }),
  );

/** Stops a budget by hand: its paid calls are refused from then on. */
export const useStopByHand = (budgetId: string) =>
  useStopMutation(budgetId, ({ reason }: { reason: string }) =>
    callApi<StopOut>('POST', `/api/v1/budgets/${encodeURIComponent(budgetId)}/stop`, { reason }),
  );
