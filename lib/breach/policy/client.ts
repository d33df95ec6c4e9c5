'use client';

import type { UseMutationResult } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import { useWrite } from '@/lib/http/use-write';
import type { PolicyIn, PolicyOut } from './schema';

const ROOT = '/api/v1/escalation-policies';
const at = (id: string): string => `${ROOT}/${encodeURIComponent(id)}`;

/** Makes a policy, or changes one that is there; `etag` says which version of it was seen. */
export const usePolicySave = (known: { id: string; etag: string } | null): UseMutationResult<PolicyOut, ApiProblem, PolicyIn> =>
  useWrite<PolicyOut, PolicyIn>((input) =>
    known === null ? callApi<PolicyOut>('POST', ROOT, input) : callApi<PolicyOut>('PATCH', at(known.id), input, { ifMatch: known.etag }),
  );

/** Ends a policy; budgets that named it use the default. */
export const usePolicyEnd = (): UseMutationResult<PolicyOut, ApiProblem, string> =>
  useWrite<PolicyOut, string>((id) => callApi<PolicyOut>('DELETE', at(id)));
