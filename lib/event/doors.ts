import { z } from 'zod';
import { callerOf } from '@/lib/auth/caller';
import { mayPass } from '@/lib/auth/rights';
import { readClock } from '@/lib/clock';
import { reader } from '@/lib/db';
import { openDoor } from '@/lib/http/door';
import type { Told } from './reads';
import { eventStream } from './stream';

const RIGHT = 'event.read';

/** What ends a reader's stream at once, where it is about the reader: whatever else ends a session is noticed with the next heartbeat. */
const ENDS = ['key.revoked', 'member.ended'];

/** The number in `Last-Event-ID`; one we never gave reads as older than everything that is kept. */
const afterOf = (text: string | null | undefined): bigint | null => {
  if (text === null || text === undefined || text === '') return null;
  return /^\d{1,18}$/.test(text) ? BigInt(text) : -1n;
};

export const followEvents = openDoor({
  method: 'GET',
  path: '/api/v1/events',
  right: RIGHT,
  tag: 'Events',
  summary: 'What happens, as server-sent events; resumes with Last-Event-ID for 24 hours, then says reset.',
  query: z.strictObject({ lastEventId: z.string().max(40).optional().describe('For clients that cannot set the header.') }),
  answer: z.string().describe('text/event-stream: id, event, and data {id, type, at, resource}'),
  hot: true,
  async run(caller, { query }, request) {
    const mayGoOn = async (event: Told | null): Promise<boolean> => {
      if (event !== null && !ENDS.includes(event.type)) return true;
      if (event !== null) return event.resource.id !== caller.actor.id;
      const again = await callerOf(request, caller.requestId, true);
      return again.orgId === caller.orgId && mayPass(again.actor, RIGHT);
    };
    const after = afterOf(request.headers.get('last-event-id') ?? query.lastEventId);
    const stream = await eventStream({ orgId: caller.orgId, now: await readClock(reader()), after, mayGoOn });
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        // Proxies that collect answers before they hand them on are told not to.
        'x-accel-buffering': 'no',
        'x-request-id': caller.requestId,
      },
    });
  },
});
