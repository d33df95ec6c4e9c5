'use client';

import type { UseMutationResult } from '@tanstack/react-query';
import type { z } from 'zod';
import { type ApiProblem, callApi, idempotencyKey } from '@/lib/http/call';
import { useWrite } from '@/lib/http/use-write';
import type { Key, keyIn } from './key/schema';
import type { JoinIn, Member, MemberChange, memberIn } from './member/schema';
import type { Organisation, OrganisationChange, Rate } from './schema';

type Write<Answer, Input> = UseMutationResult<Answer, ApiProblem, Input>;

const at = (path: string, id: string): string => `/api/v1/${path}/${encodeURIComponent(id)}`;

/** Makes the first organisation. @param all as `POST /api/v1/setup` takes it */
export const setUpOrganisation = (all: unknown): Promise<unknown> => callApi('POST', '/api/v1/setup', all);

/** Takes up an invitation with the token of its link. */
export const takeUpInvitation = (input: JoinIn): Promise<Member> => callApi<Member>('POST', '/api/v1/join', input);

/** Moves the session into another organisation of the same person. */
export const workIn = (organisationId: string): Promise<unknown> => callApi('POST', '/api/v1/session/organisation', { organisationId });

/** Changes the organisation; `etag` is of the one that was read: 412 when someone else was first. */
export const useOrganisationChange = (): Write<Organisation, { change: OrganisationChange; etag: string }> =>
  useWrite(({ change, etag }) => callApi<Organisation>('PATCH', '/api/v1/organisation', change, { ifMatch: etag }));

/** Sets how many dollars one unit of a currency is; `etag` is of the rate that was read, where there was one. */
export const useRateSet = (): Write<Rate, { currency: string; usdPerUnit: string; etag?: string | undefined }> =>
  useWrite(({ currency, usdPerUnit, etag }) => callApi<Rate>('PUT', at('currency-rates', currency), { usdPerUnit }, { ifMatch: etag }));

/** Invites a person, or gives one who has not come yet a new link; the answer has it, this once. */
export const useInvite = (): Write<Member & { joinUrl: string }, z.input<typeof memberIn>> =>
  useWrite((input) => callApi('POST', '/api/v1/members', input, { idempotencyKey: idempotencyKey() }));

export const useMemberChange = (): Write<Member, { id: string; etag: string; change: MemberChange }> =>
  useWrite(({ id, etag, change }) => callApi<Member>('PATCH', at('members', id), change, { ifMatch: etag }));

/** Says until when one is away oneself, and who is told meanwhile. */
export const useOwnAbsence = (): Write<Member, { deputyId: string | null; awayUntil: string | null }> =>
  useWrite((change) => callApi<Member>('PATCH', '/api/v1/me', change));

export const useMemberEnd = (): Write<Member, string> => useWrite((id) => callApi<Member>('DELETE', at('members', id)));

/** Makes a key; the answer has its secret, this once. */
export const useKeyMake = (): Write<Key & { secret: string }, z.input<typeof keyIn>> =>
  useWrite((input) => callApi('POST', '/api/v1/api-keys', input, { idempotencyKey: idempotencyKey() }));

export const useKeyRevoke = (): Write<Key, string> => useWrite((id) => callApi<Key>('DELETE', at('api-keys', id)));
