'use client';

import { type UseQueryResult, useMutation, useQuery } from '@tanstack/react-query';
import { type ApiProblem, callApi, idempotencyKey } from '@/lib/http/call';
import { useWrite } from '@/lib/http/use-write';
import { days, type Instant, minus, parseInstant, plus, toIso } from '@/lib/kernel/instant';
import { workIn } from '@/lib/org/client';
import type { Proposal } from './guard/reads';

/** A call as the first run shows it. */
export type SeenCall = {
  id: string;
  workload: string;
  provider: string;
  model: string;
  units: Record<string, number>;
  basis: string;
  amountNanoUsd: string;
  receivedAt: string;
};

/** How often a first call is looked for, in milliseconds. */
const EVERY = 1_000;

/**
 * Looks every second for a call that came in at a moment or later, and stops when there is one.
 * @param since ISO time by the server's clock
 */
export function useFirstCall(since: string): UseQueryResult<SeenCall | null, ApiProblem> {
  const at = parseInstant(since) as Instant;
  const query = new URLSearchParams({ from: toIso(minus(at, days(1))), to: toIso(plus(at, days(2))), limit: '50' });
  return useQuery<SeenCall | null, ApiProblem>({
    queryKey: ['first-call', since],
    queryFn: async ({ signal }) => {
      const { items } = await callApi<{ items: SeenCall[] }>('GET', `/api/v1/usage?${query}`, undefined, { signal });
      return items.find((call) => (parseInstant(call.receivedAt) as Instant) >= at) ?? null;
    },
    refetchInterval: ({ state }) => (state.data ? false : EVERY),
    staleTime: 0,
  });
}

/** Makes the proposed budget, by the month, in observe. */
export const useFirstBudget = () =>
  useWrite(({ workload, amount, currency }: Proposal) =>
    callApi<{ id: string }>(
      'POST',
      '/api/v1/budgets',
      { name: workload, scope: { workload }, period: 'month', amount, currency, mode: 'observe' },
      { idempotencyKey: idempotencyKey() },
    ),
  );

/** How far the sample is made: calls written, and how many there will be. */
export type SampleProgress = { state: string; done: number; total: number };

/** Asks every second how far the sample is. @param on only while it is being made */
export const useSampleProgress = (on: boolean): UseQueryResult<SampleProgress, ApiProblem> =>
  useQuery<SampleProgress, ApiProblem>({
    queryKey: ['sample'],
    queryFn: ({ signal }) => callApi<SampleProgress>('GET', '/api/v1/sample', undefined, { signal }),
    enabled: on,
    refetchInterval: EVERY,
    staleTime: 0,
  });

/** Makes the sample where there is none, and moves the session into it. */
export const useSampleOpen = () =>
  useMutation<void, ApiProblem, void>({
    mutationFn: async () => {
      const { organisationId } = await callApi<{ organisationId: string }>('POST', '/api/v1/sample');
      await workIn(organisationId);
    },
    // Another organisation from here on: nothing that was read before stays in memory.
    onSuccess: () => window.location.assign('/'),
  });

/** Goes back to an organisation of one's own, and removes the sample where that is asked. */
export const useSampleLeave = () =>
  useMutation<void, ApiProblem, { organisationId: string; remove: boolean }>({
    mutationFn: async ({ organisationId, remove }) => {
      await workIn(organisationId);
      if (remove) await callApi('DELETE', '/api/v1/sample');
    },
    onSuccess: () => window.location.assign('/start'),
  });
