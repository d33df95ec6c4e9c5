'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { Page } from '@/lib/kernel/pages';
import type { BreachDetailOut, BreachOut } from './schema';

const ROOT = '/api/v1/breaches';
const at = (id: string, rest = ''): string => `${ROOT}/${encodeURIComponent(id)}${rest}`;

/** Events bring what changes; this is the net under them. */
const QUIET_MS = 15_000;

/** Breaches, newest first. @param initial what the server rendered */
export const useBreaches = (initial: BreachOut[]): UseQueryResult<BreachOut[], ApiProblem> =>
  useQuery<BreachOut[], ApiProblem>({
    queryKey: ['breaches'],
    queryFn: async ({ signal }) => (await callApi<Page<BreachOut>>('GET', `${ROOT}?limit=500`, undefined, { signal })).items,
    initialData: initial,
    refetchInterval: QUIET_MS,
  });

/** One breach with its time line. */
export const useBreach = (id: string, initial: BreachDetailOut): UseQueryResult<BreachDetailOut, ApiProblem> =>
  useQuery<BreachDetailOut, ApiProblem>({
    queryKey: ['breach', id],
    queryFn: ({ signal }) => callApi<BreachDetailOut>('GET', at(id), undefined, { signal }),
    initialData: initial,
    refetchInterval: QUIET_MS,
  });

function useBreachMutation<Input>(id: string, ask: (input: Input) => Promise<unknown>): UseMutationResult<unknown, ApiProblem, Input> {
  const queries = useQueryClient();
  return useMutation<unknown, ApiProblem, Input>({
    mutationFn: ask,
    onSettled: () => {
      for (const queryKey of [['breach', id], ['breaches'], ['overview']]) void queries.invalidateQueries({ queryKey });
    },
  });
}

/** Takes a breach on: the climb ends. The first one who answers stays the one who did. */
export const useAcknowledge = (id: string) =>
  useBreachMutation(id, (note: string) => callApi('POST', at(id, '/acknowledge'), note.trim() === '' ? {} : { note: note.trim() }));

/** Writes a line on the time line. */
export const useNoteOnBreach = (id: string) => useBreachMutation(id, (text: string) => callApi('POST', at(id, '/notes'), { text }));

/** Opens a closed breach again: it has to be answered anew. */
export const useReopen = (id: string) => useBreachMutation(id, (why: string) => callApi('POST', at(id, '/reopen'), { why }));
