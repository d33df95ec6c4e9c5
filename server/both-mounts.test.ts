import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { POST as authorizeRoute } from '@/app/api/v1/authorize/route';
import { POST as releaseRoute } from '@/app/api/v1/release/route';
import { POST as settleRoute } from '@/app/api/v1/settle/route';
import { POST as usageRoute } from '@/app/api/v1/usage/route';
import { doors } from '@/lib/api/doors';
import { aRecord, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { makeFront } from './listener';

useDatabase();

const routes = { usage: usageRoute, authorize: authorizeRoute, settle: settleRoute, release: releaseRoute };
const front = makeFront({ doors: doors.filter((door) => door.hot), socketPath: '/nowhere', scheme: 'http', log: { error: console.error } });
beforeAll(() => new Promise<void>((done) => void front.listen(0, '127.0.0.1', done)));
afterAll(() => new Promise<void>((done) => void front.close(() => done())));

type Said = { status: number; type: string | null; json: Record<string, unknown> };

async function saidOf(response: Response): Promise<Said> {
  const { requestId: _, ...json } = (await response.json()) as Record<string, unknown>;
  return { status: response.status, type: response.headers.get('content-type'), json };
}

/** Sends one request to the front, over a socket, and to Next's route handler, as Next hands it over. */
async function through(org: UsageOrg, door: keyof typeof routes, body: unknown, secret = org.secret): Promise<[front: Said, next: Said]> {
  const address = `http://127.0.0.1:${(front.address() as AddressInfo).port}/api/v1/${door}`;
  const init = {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
  const byFront = await saidOf(await fetch(address, init));
  const byNext = await saidOf(await routes[door](new Request(address, init), { params: Promise.resolve({}) }));
  return [byFront, byNext];
}

it('the same request gets the same answer through the front and through Next', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const ask = { workload: 'support-bot', provider: 'openai', model: 'gpt-4o', maxUnits: { input: 100, output: 100 } };
  const [asked, again] = await through(org, 'authorize', { ...ask, idempotencyKey: 'one' });
  expect(asked).toMatchObject({ status: 200, json: { decision: 'allow' } });
  expect(again).toEqual(asked);
  const [settled, settledAgain] = await through(org, 'settle', { holdId: asked.json.holdId, units: { input: 90, output: 20 } });
  expect(settled).toMatchObject({ status: 200, json: { settledNanoUsd: '425000' } });
  expect(settledAgain).toEqual(settled);
  const [, second] = await through(org, 'authorize', { ...ask, idempotencyKey: 'two' });
  const [released, releasedAgain] = await through(org, 'release', { holdId: second.json.holdId });
  expect(released).toMatchObject({ status: 200, json: { releasedNanoUsd: second.json.heldNanoUsd } });
  expect(releasedAgain).toEqual(released);
  const now = new Date();
  const [taken, twice] = await through(org, 'usage', { records: [aRecord(org, { occurredAt: now.toISOString() })] });
  expect(taken).toMatchObject({ status: 200, json: { accepted: 1, duplicates: 0 } });
  expect(twice).toMatchObject({ status: 200, json: { accepted: 0, duplicates: 1 } });
});

it('the same mistake gets the same problem through both', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  for (const [door, body, code] of [
    ['authorize', { workload: 'x' }, 'request.invalid'],
    ['authorize', '{', 'body.malformed'],
    ['settle', { holdId: 'hld_nobody', units: {} }, 'hold.not_found'],
    ['release', { holdId: 'hld_nobody', more: 1 }, 'request.invalid'],
    ['usage', [], 'request.invalid'],
  ] as const) {
    const [byFront, byNext] = await through(org, door, body);
    expect(byFront.json.code, `${door} ${JSON.stringify(body)}`).toBe(code);
    expect(byFront.type).toBe('application/problem+json');
    expect(byNext).toEqual(byFront);
  }
  const [unknown, unknownToo] = await through(org, 'usage', { records: [] }, 'hs_live_nobody');
  expect(unknown.status).toBe(401);
  expect(unknownToo).toEqual(unknown);
});
