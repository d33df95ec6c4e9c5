'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, callApi, idempotencyKey } from '@/lib/http/call';
import { useWrite } from '@/lib/http/use-write';
import { days, type Instant, minus, minutes, parseInstant, plus, toIso } from '@/lib/kernel/instant';
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
  priceRef: string | null;
  receivedAt: string;
};

/** How often a first call is looked for, in milliseconds. */
const EVERY = 1_000;
/** A call that came in before the page was made may be there only after it, so much later at most. */
const MEANWHILE = minutes(1);

/**
 * Looks every second for a call that came in after the last one known, and stops when there is one. It does not go by the
 * time at which the page was made alone: a call may come in before it and be there only after it.
 * @param since ISO time by the server's clock, around which calls are looked for · @param last the call that is known, null where there is none
 */
export function useFirstCall(since: string, last: SeenCall | null): UseQueryResult<SeenCall | null, ApiProblem> {
  const at = parseInstant(since) as Instant;
  const query = new URLSearchParams({ from: toIso(minus(at, days(1))), to: toIso(plus(at, days(2))), limit: '50' });
  return useQuery<SeenCall | null, ApiProblem>({
    queryKey: ['first-call', since, last?.id ?? null],
    queryFn: async ({ signal }) => {
      const { items } = await callApi<{ items: SeenCall[] }>('GET', `/api/v1/usage?${query}`, undefined, { signal });
      const after = last === null ? null : Math.max(parseInstant(last.receivedAt) as Instant, minus(at, MEANWHILE));
      return items.find((call) => after === null || (parseInstant(call.receivedAt) as Instant) > after) ?? null;
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

/** How far the sample is told: calls sent, and how many there will be. */
export type SampleProgress = { organisationId: string | null; state: 'none' | 'filling' | 'ready' | 'broken'; done: number; total: number };

const sample = (method: 'GET' | 'POST' | 'DELETE'): Promise<SampleProgress> => callApi<SampleProgress>(method, '/api/v1/sample');

/** Makes the sample where there is none, or begins anew where it was left half told. */
async function begun(): Promise<SampleProgress> {
  const found = await sample('GET');
  if (found.state === 'broken') await sample('DELETE');
  return found.state === 'none' || found.state === 'broken' ? sample('POST') : found;
}

/** Makes the sample, follows it until it is told, and moves the session into it. */
export function useSampleOpen(): { open: UseMutationResult<void, ApiProblem, void>; progress: SampleProgress | null } {
  const [progress, setProgress] = useState<SampleProgress | null>(null);
  const open = useMutation<void, ApiProblem, void>({
    mutationFn: async () => {
      let now = await begun();
      for (setProgress(now); now.state === 'filling'; setProgress(now)) {
        await new Promise((passed) => setTimeout(passed, EVERY));
        now = await sample('GET');
      }
      if (now.state !== 'ready' || now.organisationId === null) throw new ApiProblem(LEFT_OFF);
      await workIn(now.organisationId);
    },
    // Another organisation from here on: nothing that was read before stays in memory.
    onSuccess: () => window.location.assign('/'),
  });
  return { open, progress };
}

const LEFT_OFF = {
  code: 'sample.broken',
  status: 0,
  detail: 'The sample was not told to its end. Open it again: it begins anew.',
  errors: [],
  requestId: null,
};

/** Goes back to an organisation of one's own, and removes the sample where that is asked. */
export const useSampleLeave = () =>
  useMutation<void, ApiProblem, { organisationId: string; remove: boolean }>({
    mutationFn: async ({ organisationId, remove }) => {
      await workIn(organisationId);
      if (remove) await sample('DELETE');
    },
    onSuccess: () => window.location.assign('/start'),
  });
