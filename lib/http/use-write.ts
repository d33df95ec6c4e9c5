'use client';

import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { ApiProblem } from './call';

/**
 * A change that a screen makes through the API. When it is done the page is read again, so that its first line, its lists and its
 * figures all say what is so now.
 * @param send asks the API, as `callApi` does
 */
export function useWrite<Answer, Input>(send: (input: Input) => Promise<Answer>): UseMutationResult<Answer, ApiProblem, Input> {
  const router = useRouter();
  return useMutation<Answer, ApiProblem, Input>({ mutationFn: send, onSuccess: () => router.refresh() });
}
