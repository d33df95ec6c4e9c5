import { expect, it } from 'vitest';
import { readClock } from '@/lib/clock';
import { reader } from '@/lib/db';
import { tell } from '@/lib/event/tell';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { HardstopRejected } from './errors.js';
import { Hardstop } from './hardstop.js';
import { answered } from './testing/client.js';

useDatabase();

const happens = async (org: TestOrg, id: string) =>
  org.run((ctx) => tell(ctx, 'stop.raised', { kind: 'stop', id }), await readClock(reader()));

/** A client that may read; each connection is cut after a number of events. */
function reading(org: TestOrg, cut: { after: number }) {
  const opened: (string | null)[] = [];
  const send = async (input: unknown, init?: RequestInit): Promise<Response> => {
    const request = new Request(input as string, init);
    opened.push(request.headers.get('last-event-id'));
    const response = await answered(request);
    let events = 0;
    const cutting = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        controller.enqueue(chunk);
        events += new TextDecoder().decode(chunk).split('data:').length - 1;
        if (events >= cut.after) controller.error(new Error('cut'));
      },
    });
    return new Response(response.body?.pipeThrough(cutting) ?? null, response);
  };
  return { opened, hardstop: new Hardstop({ baseUrl: 'http://hardstop.test', apiKey: org.keys.read.secret, fetch: send as typeof fetch }) };
}

it('says what happens, over connections that break, and misses nothing', async () => {
  const org = await anOrg();
  const cut = { after: 2 };
  const { hardstop, opened } = reading(org, cut);
  const seen: (string | undefined)[] = [];
  const told = (async () => {
    for (let i = 0; i < 6; i++) {
      await happens(org, `s${i}`);
      await new Promise((done) => setTimeout(done, 120));
    }
  })();
  for await (const event of hardstop.watch()) {
    expect(event.type).toBe('stop.raised');
    seen.push(event.resource?.id);
    if (seen.length === 5) break;
  }
  await told;
  expect(seen).toEqual(seen.toSorted());
  expect(new Set(seen).size).toBe(5);
  expect(opened.length).toBeGreaterThan(1);
  expect(opened.slice(1).every((each) => each !== null)).toBe(true);
}, 30_000);

it('ends by its signal, and says so where the key may not read', async () => {
  const org = await anOrg();
  const { hardstop } = reading(org, { after: 100 });
  const ends = new AbortController();
  setTimeout(() => ends.abort(), 300);
  for await (const _ of hardstop.watch({ signal: ends.signal })) throw new Error('nothing happens');
  const send = (input: unknown, init?: RequestInit) => answered(new Request(input as string, init));
  const wrong = new Hardstop({ baseUrl: 'http://hardstop.test', apiKey: 'hs_live_wrong', fetch: send as typeof fetch });
  await expect(wrong.watch().next()).rejects.toBeInstanceOf(HardstopRejected);
});
