'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { Page } from '@/lib/kernel/pages';
import type { ReportOut } from './report/report';
import type { Percent, PlanChange, PlanOut, Room } from './schema';

const at = (id: string, rest = ''): string => `/api/v1/recovery-plans/${encodeURIComponent(id)}${rest}`;

/** Gates are judged on live figures: asked again this often, and when an event says so. */
const LIVE_MS = 10_000;

/** One plan, live. */
export const usePlan = (id: string, initial: PlanOut): UseQueryResult<PlanOut, ApiProblem> =>
  useQuery<PlanOut, ApiProblem>({
    queryKey: ['plan', id],
    queryFn: ({ signal }) => callApi<PlanOut>('GET', at(id), undefined, { signal }),
    initialData: initial,
    refetchInterval: LIVE_MS,
  });

function usePlanMutation<Input>(id: string, ask: (input: Input) => Promise<unknown>): UseMutationResult<unknown, ApiProblem, Input> {
  const queries = useQueryClient();
  return useMutation<unknown, ApiProblem, Input>({
    mutationFn: ask,
    onSettled: () => {
      for (const queryKey of [['plan', id], ['breach'], ['breaches'], ['overview'], ['budget']])
        void queries.invalidateQueries({ queryKey });
    },
  });
}

/** Answers the money question. */
export const useChooseRoom = (id: string) => usePlanMutation(id, (room: Room) => callApi('POST', at(id, '/room'), { room }));

/** Records the cause and the corrective action, both asked for before the first resume. */
export const useChangePlan = (id: string) => usePlanMutation(id, (change: PlanChange) => callApi('PATCH', at(id), change));

/** Takes the next resume step. */
export const useResume = (id: string) =>
  usePlanMutation(id, (step: { percent: Percent; why: string }) => callApi('POST', at(id, '/resume'), step));

/** Goes one step back, or stops everything again. */
export const useStepBack = (id: string) => usePlanMutation(id, (why: string) => callApi('POST', at(id, '/step-back'), { why }));
export const useAbort = (id: string) => usePlanMutation(id, (why: string) => callApi('POST', at(id, '/abort'), { why }));

/** Signs a daily entry off. */
export const useSignOff = (id: string) =>
  usePlanMutation(id, ({ date, note }: { date: string; note: string }) => callApi('POST', at(id, `/days/${date}/sign-off`), { note }));

/** Ticks a line of the check list, or adds one. */
export const useTickCheck = (id: string) =>
  usePlanMutation(id, ({ checkId, done }: { checkId: string; done: boolean }) =>
    callApi('PATCH', at(id, `/checks/${encodeURIComponent(checkId)}`), { done }),
  );
export const useAddCheck = (id: string) => usePlanMutation(id, (text: string) => callApi('POST', at(id, '/checks'), { text }));

/** Closes the plan and its breach, and writes the report. */
export const useClosePlan = (id: string) => usePlanMutation(id, (summary: string) => callApi('POST', at(id, '/close'), { summary }));

/** Adds a note to the plan, or to one of its days. */
export const useNotePlan = (id: string) =>
  usePlanMutation(id, (note: { text: string; date?: string }) => callApi('POST', at(id, '/notes'), note));

/** The open plans, live: the board of all recoveries. @param initial what the server rendered */
export const usePlans = (initial: PlanOut[]): UseQueryResult<PlanOut[], ApiProblem> =>
  useQuery<PlanOut[], ApiProblem>({
    queryKey: ['plans'],
    queryFn: async ({ signal }) => (await callApi<Page<PlanOut>>('GET', '/api/v1/recovery-plans?limit=100', undefined, { signal })).items,
    initialData: initial,
    refetchInterval: LIVE_MS,
  });

/** The report of a plan: final once it is closed, before that what it would say now. */
export const useReport = (id: string): UseQueryResult<ReportOut, ApiProblem> =>
  useQuery<ReportOut, ApiProblem>({
    queryKey: ['plan', id, 'report'],
    queryFn: ({ signal }) => callApi<ReportOut>('GET', at(id, '/report'), undefined, { signal }),
  });

/** Where the report is read as Markdown. */
export const reportAddress = (id: string): string => at(id, '/report.md');
