import { z } from 'zod';
import { readClock } from '@/lib/clock';
import type { Caller } from '@/lib/context';
import { reader } from '@/lib/db';
import { attempt } from '@/lib/http/attempt';
import { door, openDoor } from '@/lib/http/door';
import { httpLog } from '@/lib/http/log';
import { Fault } from '@/lib/kernel/fault';
import { fillSample, progressOf } from './fill';
import { makeSample, sampleOf } from './make';
import { removeSample } from './remove';

const sampleOut = z.object({
  organisationId: z.string().nullable(),
  /** `broken`: the process that was telling it ended; remove it and open it anew. */
  state: z.enum(['none', 'filling', 'ready', 'broken']),
  done: z.number(),
  total: z.number(),
});

const personOf = (caller: Caller): string => {
  if (caller.actor.kind !== 'member') throw new Fault('right.missing', 'Only a person can open the sample workspace.');
  return caller.actor.personId;
};

async function stateOf(caller: Caller): Promise<z.output<typeof sampleOut>> {
  const tx = reader();
  const sample = await sampleOf({ ...caller, tx, now: await readClock(tx) }, personOf(caller));
  if (!sample) return { organisationId: null, state: 'none', done: 0, total: 0 };
  const progress = progressOf(sample.id);
  const filled = await tx.query('SELECT FROM organisation WHERE id = $1 AND sample_told_at IS NOT NULL', [sample.id]);
  const { done, total } = progress ?? { done: 0, total: 0 };
  if (filled.length > 0) return { organisationId: sample.id, state: 'ready', done: total, total };
  return { organisationId: sample.id, state: progress && !progress.failed ? 'filling' : 'broken', done, total };
}

/** `POST /api/v1/sample`: makes the sample workspace and begins to tell its story; `GET` says how far it has come. */
export const postSample = openDoor({
  method: 'POST',
  path: '/api/v1/sample',
  right: 'sample.write',
  tag: 'Sample',
  summary: 'Makes the sample workspace: some three months of usage, sent through the same doors as yours',
  status: 201,
  answer: sampleOut,
  async run(caller) {
    const { cast } = await attempt(caller, makeSample);
    fillSample({ ...caller, now: cast.today }, cast).catch((error: unknown) =>
      httpLog().error({ err: error }, 'the sample could not be told to its end'),
    );
    return stateOf(caller);
  },
});

export const getSample = openDoor({
  method: 'GET',
  path: '/api/v1/sample',
  right: 'me.read',
  tag: 'Sample',
  summary: 'Whether there is a sample workspace of yours, and how far its story has been told',
  answer: sampleOut,
  run: (caller) =>
    caller.actor.kind === 'member' ? stateOf(caller) : Promise.resolve({ organisationId: null, state: 'none' as const, done: 0, total: 0 }),
});

export const deleteSample = door({
  method: 'DELETE',
  path: '/api/v1/sample',
  right: 'sample.write',
  tag: 'Sample',
  summary: 'Removes the sample workspace with everything in it',
  answer: z.object({ organisationId: z.string() }),
  run: (ctx) => removeSample(ctx, personOf(ctx)),
});
