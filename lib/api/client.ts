'use client';

import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';

/** What a check of the change log found. */
export type LogVerified = {
  isWhole: boolean;
  entries: number;
  waiting: number;
  head: { sequence: number; hash: string } | null;
  broken: { sequence: number; id: string; why: string } | null;
};

/** Has the whole change log computed again. */
export const useLogVerify = (): UseMutationResult<LogVerified, ApiProblem, void> =>
  useMutation<LogVerified, ApiProblem, void>({ mutationFn: () => callApi<LogVerified>('GET', '/api/v1/audit/verify') });
