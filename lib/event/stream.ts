import { reader } from '@/lib/db';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { follow } from './hub';
import { canResume, eventsAfter, type Told } from './reads';

const HEARTBEAT_MS = 15_000;
/** How much may wait for one slow reader before it is let go; it comes back and resumes. */
const MOST_WAITING_BYTES = 256 * 1_024;
const encoder = new TextEncoder();

const dataOf = ({ sequence, type, at, resource }: Told): string =>
  `id: ${sequence}\nevent: ${type}\ndata: ${JSON.stringify({ id: String(sequence), type, at: toIso(at), resource })}\n\n`;

/** Tells a follower that it cannot resume where it was: it reads everything anew and goes on from here. */
const resetAt = (head: bigint, now: Instant): string =>
  `id: ${head}\nevent: reset\ndata: ${JSON.stringify({ id: String(head), type: 'reset', at: toIso(now), resource: null })}\n\n`;

/** Who reads a stream, and for how long they may. */
export type Reader = {
  orgId: string;
  now: Instant;
  /** The last number the reader has; null where it begins now. */
  after: bigint | null;
  /** Asked with each event and each heartbeat: whether the reader may go on. */
  mayGoOn(event: Told | null): Promise<boolean>;
};

/**
 * An organisation's events as a stream of server-sent events: those after the reader's last one first, then each as it is numbered,
 * none left out and none twice.
 */
export async function eventStream({ orgId, now, after, mayGoOn }: Reader): Promise<ReadableStream<Uint8Array>> {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let waiting: Told[] | null = [];
  let heartbeat: NodeJS.Timeout | undefined;
  const following = await follow(orgId, (events) => {
    if (waiting) waiting.push(...events);
    else void hand(events);
  });
  const end = () => {
    clearInterval(heartbeat);
    following.stop();
    try {
      controller.close();
    } catch {
      // It is closed already: the reader went away.
    }
  };
  const say = (text: string) => {
    if ((controller.desiredSize ?? 0) <= 0) end();
    else controller.enqueue(encoder.encode(text));
  };
  let last: Promise<unknown> = Promise.resolve();
  function hand(events: readonly Told[]): Promise<unknown> {
    last = last.then(async () => {
      for (const event of events) {
        say(dataOf(event));
        if (!(await mayGoOn(event))) return end();
      }
    });
    return last;
  }
  async function catchUp(): Promise<void> {
    const { from } = following;
    if (after === null) return say(`retry: 1000\nid: ${from}\n\n`);
    if (!(await canResume(reader(), orgId, after, from, now))) return say(resetAt(from, now));
    for (let at = after; at < from; ) {
      const events = await eventsAfter(reader(), orgId, at, from);
      await hand(events);
      at = events.at(-1)?.sequence ?? from;
    }
  }
  return new ReadableStream<Uint8Array>(
    {
      async start(made) {
        controller = made;
        try {
          say(': following\n\n');
          await catchUp();
          const meanwhile = waiting ?? [];
          waiting = null;
          await hand(meanwhile);
        } catch (error) {
          following.stop();
          throw error;
        }
        heartbeat = setInterval(async () => {
          if (await mayGoOn(null).catch(() => false)) say(': alive\n\n');
          else end();
        }, HEARTBEAT_MS).unref();
      },
      cancel: end,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MOST_WAITING_BYTES }),
  );
}
