'use client';

import type { UseMutationResult } from '@tanstack/react-query';
import { type ApiProblem, callApi, idempotencyKey } from '@/lib/http/call';
import { useWrite } from '@/lib/http/use-write';
import type { ProviderChange, ProviderOut } from './schema';

type Write<Input> = UseMutationResult<ProviderOut, ApiProblem, Input>;

/** A provider to be made, as a form has it. */
export type NewProvider = { slug: string; wire: ProviderOut['wire']; baseUrl: string; apiKey: string | null };
/** A change of one, and the version that was seen. */
export type ChangedProvider = { of: ProviderOut; change: ProviderChange };

const at = (slug: string): string => `/api/v1/providers/${encodeURIComponent(slug)}`;

export const useProviderMake = (): Write<NewProvider> =>
  useWrite((input) => callApi('POST', '/api/v1/providers', input, { idempotencyKey: idempotencyKey() }));

export const useProviderChange = (): Write<ChangedProvider> =>
  useWrite(({ of, change }) => callApi('PATCH', at(of.slug), change, { ifMatch: of.etag }));

export const useProviderEnd = (): Write<ProviderOut> => useWrite(({ slug }) => callApi('DELETE', at(slug)));
