'use client';

import {
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { Page } from '@/lib/kernel/pages';
import type { FeatureIn, WorkloadChange, WorkloadOut } from './schema';

const at = (slug: string, rest = ''): string => `/api/v1/workloads/${encodeURIComponent(slug)}${rest}`;

/** What people fill in of a workload, as the API takes it. */
export type WorkloadForm = WorkloadChange;

const keep = (queries: QueryClient, workload: WorkloadOut): void => {
  queries.setQueryData(['workload', workload.slug], workload);
  void queries.invalidateQueries({ queryKey: ['workloads'] });
};

/** All workloads. @param initial what the server rendered */
export const useWorkloads = (initial: WorkloadOut[]): UseQueryResult<WorkloadOut[], ApiProblem> =>
  useQuery<WorkloadOut[], ApiProblem>({
    queryKey: ['workloads'],
    queryFn: async ({ signal }) => (await callApi<Page<WorkloadOut>>('GET', '/api/v1/workloads?limit=500', undefined, { signal })).items,
    initialData: initial,
  });

/** One workload. */
export const useWorkload = (slug: string, initial: WorkloadOut): UseQueryResult<WorkloadOut, ApiProblem> =>
  useQuery<WorkloadOut, ApiProblem>({
    queryKey: ['workload', slug],
    queryFn: ({ signal }) => callApi<WorkloadOut>('GET', at(slug), undefined, { signal }),
    initialData: initial,
  });

/** Takes a workload on that was first seen in traffic. */
export function useAdopt(slug: string): UseMutationResult<WorkloadOut, ApiProblem, void> {
  const queries = useQueryClient();
  return useMutation<WorkloadOut, ApiProblem, void>({
    mutationFn: () => callApi<WorkloadOut>('PATCH', at(slug), { adopted: true }),
    onSuccess: (workload) => {
      keep(queries, workload);
      void queries.invalidateQueries({ queryKey: ['overview'] });
    },
  });
}

/** Changes a workload as it was read; 412 `etag.mismatch` when someone else was first. */
export function useChangeWorkload(slug: string, etag: string): UseMutationResult<WorkloadOut, ApiProblem, WorkloadForm> {
  const queries = useQueryClient();
  return useMutation<WorkloadOut, ApiProblem, WorkloadForm>({
    mutationFn: (change) => callApi<WorkloadOut>('PATCH', at(slug), change, { ifMatch: etag }),
    onSuccess: (workload) => keep(queries, workload),
  });
}

/** Adds a feature to a workload. */
export function useAddFeature(slug: string): UseMutationResult<WorkloadOut, ApiProblem, FeatureIn> {
  const queries = useQueryClient();
  return useMutation<WorkloadOut, ApiProblem, FeatureIn>({
    mutationFn: (feature) => callApi<WorkloadOut>('POST', at(slug, '/features'), feature),
    onSuccess: (workload) => keep(queries, workload),
  });
}
