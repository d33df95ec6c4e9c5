import { z } from 'zod';
import { door } from '@/lib/http/door';
import { listStops, readStopRow, stopView } from './reads';
import { stopOut, stopsOut, stopsQuery } from './schema';

const tag = 'Stops';
/** The stop that a path names. */
export const stopParams = z.strictObject({ id: z.string().min(1).max(100) });

export const listStopsDoor = door({
  method: 'GET',
  path: '/api/v1/stops',
  right: 'stop.read',
  tag,
  summary: 'Stops, newest first; open=true for those that hold now.',
  query: stopsQuery,
  answer: stopsOut,
  run: (ctx, { query }) => listStops(ctx, query),
});

export const getStopDoor = door({
  method: 'GET',
  path: '/api/v1/stops/{id}',
  right: 'stop.read',
  tag,
  summary: 'One stop.',
  params: stopParams,
  answer: stopOut,
  run: async (ctx, { params }) => stopView(await readStopRow(ctx, params.id)),
});
