import { z } from 'zod';
import { door } from '@/lib/http/door';
import { acknowledge, addNote, recordCause } from './answer';
import { reopenBreach } from './phase';
import { listBreaches, readBreach } from './read/breaches';
import { acknowledgeIn, breachDetailOut, breachesOut, breachesQuery, causeIn, noteIn, reopenIn } from './schema';

const tag = 'Breaches';
const params = z.strictObject({ id: z.string().min(1).max(100) });

export const listBreachesDoor = door({
  method: 'GET',
  path: '/api/v1/breaches',
  right: 'breach.read',
  tag,
  summary: 'Breaches, newest first.',
  query: breachesQuery,
  answer: breachesOut,
  run: (ctx, { query }) => listBreaches(ctx, query),
});

export const getBreachDoor = door({
  method: 'GET',
  path: '/api/v1/breaches/{id}',
  right: 'breach.read',
  tag,
  summary: 'One breach with its time line.',
  params,
  answer: breachDetailOut,
  run: (ctx, input) => readBreach(ctx, input.params.id),
});

export const acknowledgeDoor = door({
  method: 'POST',
  path: '/api/v1/breaches/{id}/acknowledge',
  right: 'breach.answer',
  tag,
  summary: 'Acknowledge a breach: the first has it, everyone after is told who. Ends the climb, changes nothing else.',
  params,
  body: acknowledgeIn,
  answer: breachDetailOut,
  async run(ctx, input) {
    await acknowledge(ctx, { breachId: input.params.id, note: input.body.note || null });
    return readBreach(ctx, input.params.id);
  },
});

export const recordCauseDoor = door({
  method: 'POST',
  path: '/api/v1/breaches/{id}/cause',
  right: 'breach.answer',
  tag,
  summary: 'Record what caused a breach, as found out.',
  params,
  body: causeIn,
  answer: breachDetailOut,
  async run(ctx, input) {
    await recordCause(ctx, { breachId: input.params.id, cause: input.body.cause });
    return readBreach(ctx, input.params.id);
  },
});

export const addNoteDoor = door({
  method: 'POST',
  path: '/api/v1/breaches/{id}/notes',
  right: 'breach.answer',
  tag,
  summary: 'Add a note to the time line of a breach.',
  params,
  body: noteIn,
  answer: breachDetailOut,
  async run(ctx, input) {
    await addNote(ctx, { breachId: input.params.id, text: input.body.text });
    return readBreach(ctx, input.params.id);
  },
});

export const reopenBreachDoor = door({
  method: 'POST',
  path: '/api/v1/breaches/{id}/reopen',
  right: 'breach.answer',
  tag,
  summary: 'Open a closed breach again: it climbs from its first step.',
  params,
  body: reopenIn,
  answer: breachDetailOut,
  async run(ctx, input) {
    await reopenBreach(ctx, input.params.id, input.body.why);
    return readBreach(ctx, input.params.id);
  },
});
