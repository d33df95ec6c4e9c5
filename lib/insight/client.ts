'use client';

import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { SpendAnswer } from './reads';

/** An answer that came with the page, and the query it answers: it is not asked for again. */
export type Given<Answer> = { query: string; answer: Answer };

/**
 * Asks what was spent. While another answer is read the old one stays (`isPlaceholderData`), so that the picture is kept, dimmed.
 * @param query as `GET /api/v1/spend` takes it; null asks nothing
 */
export function useSpend(query: string | null, given?: Given<SpendAnswer> | null): UseQueryResult<SpendAnswer, ApiProblem> {
  return useQuery<SpendAnswer, ApiProblem>({
    queryKey: ['spend', query],
    queryFn: ({ signal }) => callApi<SpendAnswer>('GET', `/api/v1/spend?${query}`, undefined, { signal }),
    enabled: query !== null,
    placeholderData: keepPreviousData,
    ...(given && given.query === query ? { initialData: given.answer } : {}),
  });
}
