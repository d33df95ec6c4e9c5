'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, callApi, idempotencyKey } from '@/lib/http/call';
import { useWrite } from '@/lib/http/use-write';
import type { Channel, ChannelIn, MadeChannel } from './channel/schema';
import type { Mine, NoticeOut } from './schema';

type Write<Answer, Input> = UseMutationResult<Answer, ApiProblem, Input>;

/** The stream says when there is something new; asking now and then finds what a lost stream did not. */
const NOW_AND_THEN_MS = 60_000;

const of = (path: 'channels' | 'notices', id: string, more = ''): string => `/api/v1/${path}/${encodeURIComponent(id)}${more}`;

/** What the bell shows. */
export const useMine = (): UseQueryResult<Mine> =>
  useQuery({
    queryKey: ['notices', 'mine'],
    queryFn: ({ signal }) => callApi<Mine>('GET', '/api/v1/notices/mine', undefined, { signal }),
    staleTime: NOW_AND_THEN_MS,
    refetchInterval: NOW_AND_THEN_MS,
  });

/** Marks what the bell showed as seen, up to a notice. */
export function useSeen(): Write<{ seen: number }, string> {
  const queries = useQueryClient();
  return useMutation<{ seen: number }, ApiProblem, string>({
    mutationFn: (upTo) => callApi('POST', '/api/v1/notices/seen', { upTo }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['notices', 'mine'] }),
  });
}

/** Makes a channel; a webhook's answer has its signing secret, this once. */
export const useChannelMake = (): Write<MadeChannel, ChannelIn> =>
  useWrite((input) => callApi('POST', '/api/v1/channels', input, { idempotencyKey: idempotencyKey() }));

/** Sends a test notice and waits for what comes of it. */
export const useChannelTest = (): Write<NoticeOut, string> => useWrite((id) => callApi('POST', of('channels', id, '/test')));

export const useChannelEnable = (): Write<Channel, string> => useWrite((id) => callApi('PATCH', of('channels', id), { enabled: true }));

export const useChannelEnd = (): Write<Channel, string> => useWrite((id) => callApi('DELETE', of('channels', id)));

/** Gives a webhook a new secret, shown this once. */
export const useSecretRotate = (): Write<MadeChannel, string> => useWrite((id) => callApi('POST', of('channels', id, '/secret')));

export const useResend = (): Write<NoticeOut, string> => useWrite((id) => callApi('POST', of('notices', id, '/resend')));
