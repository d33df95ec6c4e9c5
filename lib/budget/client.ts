'use client';

import {
  keepPreviousData,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { Page } from '@/lib/kernel/pages';
import type { BurnUpOut } from './burn-up/schema';
import type { FigureOut } from './read/figures';
import type { HistoryOut } from './read/history';
import type { FigureName } from './read/recipes';
import type { RefusalsOut } from './read/refusals';
import type { BudgetOut } from './schema';
import type { ThresholdOut, ThresholdsOut } from './threshold/schema';

const LIVE_MS = 3_000;
const PICTURE_MS = 15_000;

const at = (id: string, rest = ''): string => `/api/v1/budgets/${encodeURIComponent(id)}${rest}`;
const live = (every: number) => ({ staleTime: every, refetchInterval: every });

/** All budgets that have not ended, live. @param initial what the server rendered */
export const useBudgets = (initial: BudgetOut[]): UseQueryResult<BudgetOut[]> =>
  useQuery({
    queryKey: ['budgets'],
    queryFn: async ({ signal }) => (await callApi<Page<BudgetOut>>('GET', '/api/v1/budgets?limit=500', undefined, { signal })).items,
    initialData: initial,
    ...live(LIVE_MS),
  });

/** One budget, live. */
export const useBudget = (id: string, initial: BudgetOut): UseQueryResult<BudgetOut> =>
  useQuery({
    queryKey: ['budget', id],
    queryFn: ({ signal }) => callApi<BudgetOut>('GET', at(id), undefined, { signal }),
    initialData: initial,
    ...live(LIVE_MS),
  });

/** What the server rendered stands for the first question only: once its key is another, it is asked anew. */
function useFirst<Data>(key: string, initial: Data | undefined): { initialData?: Data } {
  const [first] = useState(key);
  return initial !== undefined && key === first ? { initialData: initial } : {};
}

/** The burn-up of a budget. @param stopId a stop raised or lifted asks for the picture anew at once */
export function useBurnUp(id: string | null, stopId: string | null, initial?: BurnUpOut): UseQueryResult<BurnUpOut, ApiProblem> {
  const first = useFirst(`${id} ${stopId}`, initial);
  return useQuery<BurnUpOut, ApiProblem>({
    queryKey: ['budget', id, 'burn-up', stopId],
    queryFn: ({ signal }) => callApi<BurnUpOut>('GET', at(id ?? '', '/burn-up'), undefined, { signal }),
    enabled: id !== null,
    placeholderData: keepPreviousData,
    ...first,
    ...live(PICTURE_MS),
  });
}

/** What a budget has been. @param etag a change of the budget asks anew, as a stop raised or lifted does */
export function useHistory(id: string, etag: string, stopId: string | null, initial: HistoryOut): UseQueryResult<HistoryOut> {
  const first = useFirst(`${etag} ${stopId}`, initial);
  return useQuery({
    queryKey: ['budget', id, 'history', etag, stopId],
    queryFn: ({ signal }) => callApi<HistoryOut>('GET', at(id, '/history'), undefined, { signal }),
    placeholderData: keepPreviousData,
    staleTime: PICTURE_MS,
    ...first,
  });
}

/** What a budget has refused in its period, or would have. */
export const useRefusals = (id: string, initial: RefusalsOut): UseQueryResult<RefusalsOut> =>
  useQuery({
    queryKey: ['budget', id, 'refusals'],
    queryFn: ({ signal }) => callApi<RefusalsOut>('GET', at(id, '/refusals'), undefined, { signal }),
    initialData: initial,
    ...live(PICTURE_MS),
  });

/** How a figure comes about, asked for when someone opens it. */
export const useFigure = (id: string, figure: FigureName, isOpen: boolean): UseQueryResult<FigureOut, ApiProblem> =>
  useQuery<FigureOut, ApiProblem>({
    queryKey: ['budget', id, 'figures', figure],
    queryFn: ({ signal }) => callApi<FigureOut>('GET', at(id, `/figures/${figure}`), undefined, { signal }),
    enabled: isOpen,
    staleTime: 0,
  });

const askAnew = (queries: QueryClient, id: string): void => {
  for (const queryKey of [['budget', id], ['budgets'], ['overview']]) void queries.invalidateQueries({ queryKey });
};

/** Puts a changed budget where it is shown, and has everything that follows from it asked for anew. */
function changed(queries: QueryClient, budget: BudgetOut): BudgetOut {
  queries.setQueryData(['budget', budget.id], budget);
  askAnew(queries, budget.id);
  return budget;
}

const useBudgetMutation = <Input>(ask: (input: Input) => Promise<BudgetOut>): UseMutationResult<BudgetOut, ApiProblem, Input> => {
  const queries = useQueryClient();
  return useMutation<BudgetOut, ApiProblem, Input>({ mutationFn: ask, onSuccess: (budget) => void changed(queries, budget) });
};

/** A new budget as the form sends it; absent fields take the API's defaults. */
export type NewBudget = {
  name: string;
  scope: Record<string, string | Record<string, string>>;
  period: string | { startsAt: string; endsAt: string };
  amount: string;
  currency?: string;
  mode: 'enforce' | 'observe';
  ownerId?: string | null;
  escalationPolicyId?: string | null;
};

/** Makes a budget. @param key the form's own idempotency key */
export const useMakeBudget = (key: string) =>
  useBudgetMutation((body: NewBudget) => callApi<BudgetOut>('POST', '/api/v1/budgets', body, { idempotencyKey: key }));

export type BudgetPatch = {
  amount?: string;
  from?: 'now' | 'next_period';
  mode?: 'enforce' | 'observe';
  name?: string;
  leases?: boolean;
  ownerId?: string | null;
  escalationPolicyId?: string | null;
  confirm?: boolean;
};

/** Changes a budget as it was seen (`etag`): 412 when someone else was first. */
export const useChangeBudget = (id: string) =>
  useBudgetMutation(({ etag, patch }: { etag: string; patch: BudgetPatch }) =>
    callApi<BudgetOut>('PATCH', at(id), patch, { ifMatch: etag }),
  );

export type ThresholdItem = Omit<ThresholdOut, 'id'>;

/** Puts thresholds in the place of those the budget had when it was seen (`etag`). */
export function useSetThresholds(id: string) {
  const queries = useQueryClient();
  return useMutation<ThresholdsOut, ApiProblem, { etag: string; items: ThresholdItem[]; confirm: boolean }>({
    mutationFn: ({ etag, items, confirm }) => callApi<ThresholdsOut>('PUT', at(id, '/thresholds'), { items, confirm }, { ifMatch: etag }),
    onSuccess: ({ items, etag }) => {
      queries.setQueryData<BudgetOut>(['budget', id], (budget) => budget && { ...budget, thresholds: items, etag });
      askAnew(queries, id);
    },
  });
}

/** Ends a budget; its history stays. */
export const useEndBudget = (id: string) =>
  useBudgetMutation(({ etag, reason }: { etag: string; reason: string }) =>
    callApi<BudgetOut>('DELETE', `${at(id)}?${new URLSearchParams({ reason })}`, undefined, { ifMatch: etag }),
  );
