'use client';

import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { helpIn, subscribeIn, TakenOut } from './schema';

/** Asks for help, or for an audit. */
export const useAskForHelp = (): UseMutationResult<TakenOut, ApiProblem, z.input<typeof helpIn>> =>
  useMutation<TakenOut, ApiProblem, z.input<typeof helpIn>>({ mutationFn: (form) => callApi<TakenOut>('POST', '/api/v1/leads', form) });

/** Asks for the weekly templates. */
export const useSubscribe = (): UseMutationResult<TakenOut, ApiProblem, z.input<typeof subscribeIn>> =>
  useMutation<TakenOut, ApiProblem, z.input<typeof subscribeIn>>({
    mutationFn: (form) => callApi<TakenOut>('POST', '/api/v1/subscriptions', form),
  });

/** Ends a subscription by the link of a mail. */
export const useLeave = (): UseMutationResult<{ state: string }, ApiProblem, string> =>
  useMutation<{ state: string }, ApiProblem, string>({
    mutationFn: (token) => callApi<{ state: string }>('POST', `/api/v1/subscriptions/unsubscribe?token=${encodeURIComponent(token)}`),
  });

/** Says yes to the link of a mail. */
export const useConfirm = (): UseMutationResult<{ state: string }, ApiProblem, string> =>
  useMutation<{ state: string }, ApiProblem, string>({
    mutationFn: (token) => callApi<{ state: string }>('POST', '/api/v1/subscriptions/confirm', { token }),
  });
