import { z } from 'zod';
import { door } from '@/lib/http/door';
import { addOutcome, outcomeIn, outcomeOut } from './add';

export const addOutcomeDoor = door({
  method: 'PATCH',
  path: '/api/v1/usage/{eventId}/outcome',
  right: 'usage.write',
  tag: 'Usage',
  summary: 'Adds what came of a call after its record',
  hot: true,
  params: z.object({ eventId: z.string() }),
  body: outcomeIn,
  answer: outcomeOut,
  run: (ctx, { params, body }) => addOutcome(ctx, params.eventId, body),
});
