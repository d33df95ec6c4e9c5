import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { type Instant, instant, minus, seconds } from '@/lib/kernel/instant';
import { authorizeDoor, settleDoor } from '@/lib/spend/decide/doors';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import type { Op } from '@/lib/spend/decide/ops';
import { recomputePeriods } from '@/lib/spend/recompute';
import { NOON, periodOf } from '@/lib/testing/bare-org';
import { hasRealHour, type RecordedCall, realHour } from '@/lib/testing/real-hour';
import { type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { makeFront } from './listener';
import { AMOUNT, boundOf, cost, type Step, simulate, stepsOf } from './testing/hour-by-hand';
import { postJson } from './testing/post-json';

useDatabase();

const authorizeOf = (call: RecordedCall) => ({
  workload: 'chat',
  provider: 'openai',
  model: 'gpt-4o',
  maxUnits: { input: call.input, output: boundOf(call) },
  idempotencyKey: `azure-${call.row}`,
  ttlSeconds: 3_600,
  maxWaitMs: 0,
});

/** Replays the hour in process, with the clock handed in. @returns what was said of each call: `allow` or the reason */
async function replay(org: UsageOrg, steps: Step[]): Promise<Map<number, string>> {
  const said = new Map<number, string>();
  const holds = new Map<number, string>();
  for (const { at, ends, asks } of steps) {
    const by = { keyId: org.keyId, pins: org.pins };
    const settles = ends.flatMap((call): Op[] => {
      const holdId = holds.get(call.row);
      return holdId === undefined
        ? []
        : [{ kind: 'settle', ...by, request: { holdId, units: { input: call.input, output: call.output } } }];
    });
    const outcomes = await decideTogether(
      org.orgId,
      [...settles, ...asks.map((call): Op => ({ kind: 'authorize', ...by, request: authorizeOf(call) }))],
      at,
    );
    asks.forEach((call, i) => {
      const outcome = outcomes[settles.length + i];
      if (!outcome || !('answer' in outcome) || !('decision' in outcome.answer)) throw new Error(JSON.stringify(outcome));
      const { answer } = outcome;
      said.set(call.row, answer.decision === 'deny' ? answer.reason : answer.observed === null ? 'allow' : answer.observed.reason);
      if (answer.decision === 'allow') holds.set(call.row, answer.holdId);
    });
  }
  return said;
}

function countBy(said: Map<number, string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const each of said.values()) counts[each] = (counts[each] ?? 0) + 1;
  return counts;
}

describe.skipIf(!hasRealHour)('the real hour (shared/data is beside the project)', () => {
  const calls = hasRealHour ? realHour(NOON) : [];
  const begun = minus(NOON, seconds(7_200));
  const budget = { amount: AMOUNT, workload: 'chat' };

  it('refuses exactly what did not fit', async () => {
    const org = await usageOrg([budget], begun);
    const steps = stepsOf(calls);
    const said = await replay(org, steps);
    const expected = simulate(steps);
    expect(countBy(said)).toEqual(countBy(expected));
    expect(said).toEqual(expected);
    expect(Object.keys(countBy(said)).sort()).toEqual(['allow', 'busy', 'stopped', 'too_large']);
    const period = await periodOf(org);
    expect(period.excess_nano).toBe(0n);
    expect(await recomputePeriods(reader(), org.orgId)).toEqual([]);
  }, 120_000);

  it('observe refuses exactly what enforce would', async () => {
    const steps = stepsOf(calls.slice(0, 12_000).map((call) => ({ ...call, output: call.output * 2 })));
    const enforcing = await usageOrg([budget], begun);
    const observing = await usageOrg([{ ...budget, mode: 'observe' }], begun);
    const refused = await replay(enforcing, steps);
    const observed = await replay(observing, steps);
    expect(countBy(refused).stopped).toBeGreaterThan(0);
    expect(observed).toEqual(refused);
    expect(await recomputePeriods(reader(), observing.orgId)).toEqual([]);
  }, 120_000);
});

describe.skipIf(!hasRealHour)('the real hour, 64 clients at once', () => {
  const front = makeFront({ doors: [authorizeDoor, settleDoor], socketPath: '/nowhere', scheme: 'http', log: { error: console.error } });
  beforeAll(() => new Promise<void>((done) => front.listen(0, '127.0.0.1', done)));
  afterAll(() => new Promise<void>((done) => void front.close(() => done())));

  it('refuses exactly what did not fit, in parallel: never past the limit, and stopped less than one worst-case call early', async () => {
    const org = await usageOrg([{ amount: '10', workload: 'chat', keyHoldPpm: 1_000_000 }], begunNow());
    const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
    const port = (front.address() as AddressInfo).port;
    const post = (path: string, body: unknown) => postJson({ agent, port, path, secret: org.secret }, body);
    const queue = realHour(NOON).slice(0, 6_000);
    let largest = 0n;
    let refused = 0;
    const client = async () => {
      for (let call = queue.pop(); call; call = queue.pop()) {
        const ask = { ...authorizeOf(call), maxUnits: { input: call.input, output: 1_000 } };
        const { decision, holdId } = await post('/api/v1/authorize', ask);
        if (decision === 'deny') refused++;
        else {
          if (cost(call.input, 1_000) > largest) largest = cost(call.input, 1_000);
          await post('/api/v1/settle', { holdId, units: { input: call.input, output: call.output } });
        }
      }
    };
    await Promise.all(Array.from({ length: 64 }, client));
    agent.destroy();
    const period = await periodOf(org);
    expect(period).toMatchObject({ hard_stop_nano: 9_500_000_000n, excess_nano: 0n, held_nano: 0n });
    expect(period.actual_nano <= 9_500_000_000n).toBe(true);
    expect(refused).toBeGreaterThan(0);
    expect(period.stop_id).not.toBeNull();
    expect(9_500_000_000n - period.actual_nano < largest).toBe(true);
    expect(await recomputePeriods(reader(), org.orgId)).toEqual([]);
  }, 120_000);
});

/** The parallel run asks the database's own clock. */
const begunNow = (): Instant => minus(instant(Date.now() * 1_000), seconds(60));
