import { z } from 'zod';
import { door } from '@/lib/http/door';
import { listWorkloads, readWorkload } from './reads';
import { workloadOut, workloadsOut, workloadsQuery } from './schema';

const tag = 'Workloads';
/** The workload that a path names. */
export const workloadParams = z.strictObject({ slug: z.string().min(1).max(200) });

export const listWorkloadsDoor = door({
  method: 'GET',
  path: '/api/v1/workloads',
  right: 'workload.read',
  tag,
  summary: 'Workloads, newest first; adopted=false for those first seen in traffic.',
  query: workloadsQuery,
  answer: workloadsOut,
  run: (ctx, { query }) => listWorkloads(ctx, query),
});

export const getWorkloadDoor = door({
  method: 'GET',
  path: '/api/v1/workloads/{slug}',
  right: 'workload.read',
  tag,
  summary: 'One workload.',
  params: workloadParams,
  answer: workloadOut,
  run: (ctx, { params }) => readWorkload(ctx, params.slug),
});
