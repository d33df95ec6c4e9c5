'use client';

import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { PlaybookOut, StepChange } from './schema';

const at = (slug: string, rest = ''): string => `/api/v1/playbooks/${encodeURIComponent(slug)}${rest}`;

/** One playbook; live steps are asked again when something in the organisation changes. */
export const usePlaybook = (slug: string, initial: PlaybookOut): UseQueryResult<PlaybookOut, ApiProblem> =>
  useQuery<PlaybookOut, ApiProblem>({
    queryKey: ['playbook', slug],
    queryFn: ({ signal }) => callApi<PlaybookOut>('GET', at(slug), undefined, { signal }),
    initialData: initial,
  });

function usePlaybookMutation<Input>(
  slug: string,
  ask: (input: Input) => Promise<PlaybookOut>,
): UseMutationResult<PlaybookOut, ApiProblem, Input> {
  const queries = useQueryClient();
  return useMutation<PlaybookOut, ApiProblem, Input>({
    mutationFn: ask,
    onSuccess: (playbook) => queries.setQueryData(['playbook', slug], playbook),
  });
}

/** Says what a person knows of a step. */
export const useTickStep = (slug: string) =>
  usePlaybookMutation(slug, ({ step, change }: { step: string; change: StepChange }) =>
    callApi<PlaybookOut>('PATCH', at(slug, `/steps/${encodeURIComponent(step)}`), change),
  );

/** Says that the playbook was gone through. */
export const useReviewPlaybook = (slug: string) => usePlaybookMutation(slug, () => callApi<PlaybookOut>('POST', at(slug, '/review')));
