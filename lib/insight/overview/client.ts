'use client';

import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { WorkloadOut } from '@/lib/workload/schema';
import type { FreshnessOut } from '../data/freshness';
import type { MovedOut, OverviewOut } from './schema';

/** How often an open Overview asks for new figures: a stop is on it within so many milliseconds. */
const LIVE_MS = 2_500;
const SLOW_MS = 60_000;
const FRESHNESS_MS = 20_000;

/** The figures of Overview, asked for again and again while the page is looked at. @param initial what the server rendered */
export const useOverview = (initial: OverviewOut): UseQueryResult<OverviewOut> =>
  useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => callApi<OverviewOut>('GET', '/api/v1/overview', undefined, { signal }),
    initialData: initial,
    staleTime: LIVE_MS,
    refetchInterval: LIVE_MS,
  });

/** What moved week against week for a budget; of everything without one. */
export const useMoved = (budget: string | null, initial: MovedOut | undefined): UseQueryResult<MovedOut> =>
  useQuery({
    queryKey: ['overview', 'moved', budget],
    queryFn: ({ signal }) =>
      callApi<MovedOut>('GET', `/api/v1/overview/moved${budget === null ? '' : `?budget=${budget}`}`, undefined, { signal }),
    ...(initial && { initialData: initial }),
    placeholderData: keepPreviousData,
    staleTime: SLOW_MS,
    refetchInterval: SLOW_MS,
  });

/** How fresh the organisation's figures are, for the dot in the navigation. */
export const useFreshness = (initial: FreshnessOut): FreshnessOut =>
  useQuery({
    queryKey: ['freshness'],
    queryFn: ({ signal }) => callApi<FreshnessOut>('GET', '/api/v1/data/freshness', undefined, { signal }),
    initialData: initial,
    staleTime: FRESHNESS_MS,
    refetchInterval: FRESHNESS_MS,
  }).data;

/** Takes a workload first seen in traffic on. */
export function useAdopt(slug: string): UseMutationResult<WorkloadOut, ApiProblem, void> {
  const queries = useQueryClient();
  return useMutation<WorkloadOut, ApiProblem, void>({
    mutationFn: () => callApi<WorkloadOut>('PATCH', `/api/v1/workloads/${encodeURIComponent(slug)}`, { adopted: true }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['overview'] }),
  });
}
