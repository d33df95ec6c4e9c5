'use client';

import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { Page } from '@/lib/kernel/pages';
import type { RejectedOut, SecondSourceOut } from './doors';
import type { DataHealth } from './reads';

const LIVE_MS = 10_000;
const PER_PAGE = 10;

/** How the data stands, live. @param initial what the server rendered */
export const useDataHealth = (initial: DataHealth): UseQueryResult<DataHealth, ApiProblem> =>
  useQuery<DataHealth, ApiProblem>({
    queryKey: ['data'],
    queryFn: ({ signal }) => callApi<DataHealth>('GET', '/api/v1/data', undefined, { signal }),
    initialData: initial,
    staleTime: LIVE_MS,
    refetchInterval: LIVE_MS,
  });

/** A page of rejected records, newest first. @param code only those with this fault · @param cursor null for the first page */
export const useRejected = (code: string | null, cursor: string | null): UseQueryResult<Page<RejectedOut>, ApiProblem> =>
  useList<RejectedOut>('rejected', code === null ? {} : { code }, cursor);

/** A page of what second sources said, newest first. @param differing only where it was something else */
export const useSecondSources = (differing: boolean, cursor: string | null): UseQueryResult<Page<SecondSourceOut>, ApiProblem> =>
  useList<SecondSourceOut>('second-sources', { differing: String(differing) }, cursor);

function useList<Item>(name: string, filter: Record<string, string>, cursor: string | null): UseQueryResult<Page<Item>, ApiProblem> {
  const query = String(new URLSearchParams({ ...filter, limit: String(PER_PAGE), ...(cursor === null ? {} : { cursor }) }));
  return useQuery<Page<Item>, ApiProblem>({
    queryKey: ['data', name, query],
    queryFn: ({ signal }) => callApi<Page<Item>>('GET', `/api/v1/data/${name}?${query}`, undefined, { signal }),
    placeholderData: keepPreviousData,
  });
}
