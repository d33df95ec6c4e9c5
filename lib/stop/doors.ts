import { z } from 'zod';
import { door } from '@/lib/http/door';
import { liftStop } from './lift';
import { listStops, readStopRow, stopView } from './reads';
import { liftIn, stopOut, stopsOut, stopsQuery } from './schema';

const tag = 'Stops';
const stopParams = z.strictObject({ id: z.string().min(1).max(100) });

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

export const liftStopDoor = door({
  method: 'POST',
  path: '/api/v1/stops/{id}/lift',
  right: 'stop.write',
  tag,
  summary: 'Lift a stop, where there is room.',
  params: stopParams,
  body: liftIn,
  answer: stopOut,
  run: (ctx, { params, body }) => liftStop(ctx, { stopId: params.id, why: body.why }),
});
