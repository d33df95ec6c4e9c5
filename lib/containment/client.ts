'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { Page } from '@/lib/kernel/pages';
import type { PreviewOut } from './preview';
import type { ActionKind, ActionOut } from './schema';

const ROOT = '/api/v1/containment-actions';
const at = (id: string, rest = ''): string => `${ROOT}/${encodeURIComponent(id)}${rest}`;

/** While a switch takes hold its processes are counted live; otherwise events bring what changes, and this is the net under them. */
const TAKING_HOLD_MS = 500;
const QUIET_MS = 15_000;

/** What a person switches on, as the API takes it. */
export type NewAction = {
  kind: ActionKind;
  scope: Record<string, string | Record<string, string>>;
  params: ActionOut['params'];
  reason: string;
  /** ISO; null: until someone ends it. */
  expiresAt: string | null;
};

/** Whatever has not ended. @param initial what the server rendered */
export const useActions = (initial: ActionOut[]): UseQueryResult<ActionOut[], ApiProblem> =>
  useQuery<ActionOut[], ApiProblem>({
    queryKey: ['actions'],
    queryFn: async ({ signal }) => (await callApi<Page<ActionOut>>('GET', `${ROOT}?state=open&limit=500`, undefined, { signal })).items,
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.some((action) => action.state === 'taking_hold') ? TAKING_HOLD_MS : QUIET_MS),
  });

function useActionMutation<Input>(ask: (input: Input) => Promise<ActionOut>): UseMutationResult<ActionOut, ApiProblem, Input> {
  const queries = useQueryClient();
  return useMutation<ActionOut, ApiProblem, Input>({
    mutationFn: ask,
    onSuccess: (action) => {
      queries.setQueryData<ActionOut[]>(['actions'], (all) => {
        const others = all?.filter((each) => each.id !== action.id) ?? [];
        return action.endedAt === null ? [action, ...others] : others;
      });
      for (const queryKey of [['actions'], ['overview']]) void queries.invalidateQueries({ queryKey });
    },
  });
}

/** Switches an action on. */
export const useSwitchOn = () => useActionMutation((action: NewAction) => callApi<ActionOut>('POST', ROOT, action));

/** Says yes to a prepared action. */
export const useStartAction = () => useActionMutation((id: string) => callApi<ActionOut>('POST', at(id, '/start')));

/** Ends an action: what it held back flows again. */
export const useEndAction = () =>
  useActionMutation(({ id, reason }: { id: string; reason: string }) =>
    callApi<ActionOut>('DELETE', at(id, `?reason=${encodeURIComponent(reason)}`)),
  );

/** Changes until when an action is, or why; 412 when someone else was first. */
export const useChangeAction = () =>
  useActionMutation(({ id, etag, change }: { id: string; etag: string; change: { reason?: string; expiresAt?: string | null } }) =>
    callApi<ActionOut>('PATCH', at(id), change, { ifMatch: etag }),
  );

/** What an action would have done to the last hour's calls, asked for while its sheet is open. @param draft null asks nothing */
export const usePreview = (draft: Pick<NewAction, 'kind' | 'scope' | 'params'> | null): UseQueryResult<PreviewOut, ApiProblem> =>
  useQuery<PreviewOut, ApiProblem>({
    queryKey: ['actions', 'preview', draft],
    queryFn: ({ signal }) => callApi<PreviewOut>('POST', `${ROOT}/preview`, draft, { signal }),
    enabled: draft !== null,
    staleTime: 0,
  });
