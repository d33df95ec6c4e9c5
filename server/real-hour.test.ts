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

useDatabase();

/** gpt-4o: $2.50 and $10 a million, so 2,500 and 10,000 nano-dollars a token. */
const cost = (input: number, output: number): bigint => BigInt(input) * 2_500n + BigInt(output) * 10_000n;
/** Every call bounds its output at 1,000 tokens; each thousandth bounds it at 90,000, which is more than one hundredth of the amount. */
const boundOf = (call: RecordedCall): number => (call.row % 1_000 === 999 ? 90_000 : 1_000);
/** A call takes 20 ms a token to answer: holds of many calls are open at once. */
const endOf = (call: RecordedCall): Instant => instant(call.at + call.output * 20_000);
const AMOUNT = '50';
const LIMIT = 47_500_000_000n;
const TICK = seconds(5);

/** Domain §5 by hand, one call after the other: what a sequential reader of the specification would answer. */
function simulate(steps: { ends: RecordedCall[]; asks: RecordedCall[] }[]): Map<number, string> {
  const said = new Map<number, string>();
  const open = new Map<number, bigint>();
  let charged = 0n;
  let held = 0n;
  let stopped = false;
  for (const { ends, asks } of steps) {
    for (const call of ends) {
      const hold = open.get(call.row);
      if (hold === undefined) continue;
      open.delete(call.row);
      held -= hold;
      charged += cost(call.input, call.output);
    }
    if (charged >= LIMIT) stopped = true;
    for (const call of asks) {
      const ask = cost(call.input, boundOf(call));
      if (stopped) said.set(call.row, 'stopped');
      else if (charged + held + ask <= LIMIT) {
        said.set(call.row, 'allow');
        open.set(call.row, ask);
        held += ask;
      } else if (charged + ask <= LIMIT) said.set(call.row, 'busy');
      else if (ask * 100n > 50_000_000_000n) said.set(call.row, 'too_large');
      else {
        stopped = true;
        said.set(call.row, 'stopped');
      }
    }
  }
  return said;
}

/** The hour in ticks of five seconds: first the calls that have ended by then, then those that are asked for. */
function stepsOf(calls: RecordedCall[]): { at: Instant; ends: RecordedCall[]; asks: RecordedCall[] }[] {
  const ordered = [...calls].sort((a, b) => a.at - b.at || a.row - b.row);
  const first = (ordered[0] as RecordedCall).at;
  const tickOf = (at: Instant) => Math.floor((at - first) / TICK);
  const steps = new Map<number, { at: Instant; ends: RecordedCall[]; asks: RecordedCall[] }>();
  const stepAt = (tick: number) => {
    const step = steps.get(tick) ?? { at: instant(first + (tick + 1) * TICK), ends: [], asks: [] };
    steps.set(tick, step);
    return step;
  };
  for (const call of ordered) stepAt(tickOf(call.at)).asks.push(call);
  for (const call of ordered) stepAt(tickOf(endOf(call)) + 1).ends.push(call);
  return [...steps].sort(([a], [b]) => a - b).map(([, step]) => step);
}

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
async function replay(org: UsageOrg, steps: ReturnType<typeof stepsOf>): Promise<Map<number, string>> {
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

type Target = { agent: http.Agent; port: number; path: string; secret: string };

function postJson({ agent, port, path, secret }: Target, body: unknown): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const request = http.request({ agent, port, host: '127.0.0.1', path, method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      response.on('end', () =>
        response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(`${response.statusCode} ${text}`)),
      );
    });
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}
