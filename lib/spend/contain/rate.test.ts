import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { type Instant, minutes, plus, seconds, since } from '@/lib/kernel/instant';
import { expireHolds } from '@/lib/spend/hold/expire';
import { releaseIn, settleIn } from '@/lib/spend/schema';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ask, decided } from '@/lib/testing/budgets';
import { contain } from '@/lib/testing/containment';
import { randomOf } from '@/lib/testing/random-ledger';
import { useDatabase } from '@/scripts/testing/database';
import type { Orders, Planned, Report } from './testing/rate-process';

const databaseUrl = useDatabase();

let processes: ChildProcess[] = [];
beforeAll(async () => {
  const script = path.join(import.meta.dirname, 'testing/rate-process.ts');
  processes = [0, 1].map(() => fork(script, { execArgv: ['--import', 'tsx'], env: { ...process.env, DATABASE_URL: databaseUrl } }));
  await Promise.all(processes.map((each) => once(each, 'message')));
});
afterAll(async () => {
  const ended = processes.map((each) => once(each, 'exit'));
  for (const each of processes) each.disconnect();
  await Promise.all(ended);
});

/** Has both processes decide their calls at the same time. @returns the keys that were let pass */
async function bothDecide(org: TestOrg, calls: Planned[][]): Promise<{ allowed: Set<string>; reasons: string[] }> {
  const reports = await Promise.all(
    processes.map(async (each, i) => {
      // Each by a key of its own: what keys hold open is locked, too, and would keep them apart before they come to the limit.
      const { id: keyId } = org.keys[i === 0 ? 'spend:authorize' : 'admin'];
      const orders: Orders = { orgId: org.orgId, keyId, calls: calls[i] ?? [] };
      each.send(orders);
      const [report] = (await once(each, 'message')) as [Report & { failed?: string }];
      if (report.failed) throw new Error(report.failed);
      return report;
    }),
  );
  return { allowed: new Set(reports.flatMap((each) => each.allowed)), reasons: reports.flatMap((each) => each.reasons) };
}

type Passed = { at: Instant; weight: number };

/** The most that stands in one minute, wherever the minute begins. */
const mostInAMinute = (passed: readonly Passed[]): number =>
  Math.max(
    0,
    ...passed.map(({ at: from }) =>
      passed.filter(({ at }) => at >= from && since(from, at) < minutes(1)).reduce((sum, { weight }) => sum + weight, 0),
    ),
  );

/** Random arrivals over two minutes for two processes; each gets to its own in an order that is not quite that of the clock. */
function planned(seed: number, count: number, tokens: (random: (below: number) => number) => number): Planned[][] {
  const random = randomOf(seed);
  return [0, 1].map((process) =>
    Array.from({ length: count }, (_, n): Planned => {
      const most = tokens(random);
      const at = plus(NOON, (Math.floor((n * 120_000_000) / count) + random(4_000_000)) as ReturnType<typeof seconds>);
      return { key: `${seed}-${process}-${n}`, at, tokens: most, used: random(3) === 0 ? null : random(most + 1) };
    }),
  );
}

describe('N per minute is N', { timeout: 120_000 }, () => {
  it.each([
    { seed: 1, params: { callsPerMinute: 20 }, most: 20 },
    { seed: 2, params: { callsPerMinute: 7, burst: 3 }, most: 9 },
    { seed: 3, params: { callsPerMinute: 60, burst: 10 }, most: 69 },
  ])('of two processes, in every minute: $params', async ({ seed, params, most }) => {
    const org = await anOrg();
    await contain(org, { kind: 'rate_limit', params });
    const calls = planned(seed, 90, () => 10);
    const { allowed, reasons } = await bothDecide(org, calls);
    const passed = calls.flat().flatMap(({ key, at }) => (allowed.has(key) ? [{ at: at as Instant, weight: 1 }] : []));
    expect(new Set(reasons)).toEqual(new Set(['rate_limited']));
    expect(mostInAMinute(passed)).toBeLessThanOrEqual(most);
    // It limits, and does not shut: over two minutes of plenty most of what may pass does.
    expect(passed.length).toBeGreaterThan(params.callsPerMinute);
  });

  it.each([
    { seed: 4, params: { unitsPerMinute: 5_000 }, most: 5_000 },
    { seed: 5, params: { unitsPerMinute: 900, burst: 101 }, most: 1_000 },
  ])('in tokens as well, those that were given back given again: $params', async ({ seed, params, most }) => {
    const org = await anOrg();
    await contain(org, { kind: 'rate_limit', params });
    const calls = planned(seed, 90, (random) => 1 + random(400));
    const { allowed } = await bothDecide(org, calls);
    const passed = calls
      .flat()
      .flatMap(({ key, at, tokens, used }) => (allowed.has(key) ? [{ at: at as Instant, weight: used ?? tokens }] : []));
    expect(mostInAMinute(passed)).toBeLessThanOrEqual(most);
    expect(passed.reduce((sum, { weight }) => sum + weight, 0)).toBeGreaterThan(params.unitsPerMinute);
  });

  it('of two processes by the real clock', async () => {
    const org = await anOrg();
    await contain(org, { kind: 'rate_limit', params: { callsPerMinute: 300, burst: 2 } });
    const calls = [0, 1].map((process) =>
      Array.from({ length: 120 }, (_, n): Planned => ({ key: `real-${process}-${n}`, at: null, tokens: 10, used: 5 })),
    );
    const { allowed } = await bothDecide(org, calls);
    const rows = await reader().query<{ at: Instant }>('SELECT authorised_at AS at FROM hold WHERE org_id = $1 ORDER BY authorised_at', [
      org.orgId,
    ]);
    expect(rows).toHaveLength(allowed.size);
    expect(rows.length).toBeGreaterThan(1);
    // One fifth of a second each, one of them early: of any run of calls, the last is at least that long after the first.
    for (const [i, first] of rows.entries())
      for (const [n, last] of rows.slice(i + 1).entries()) expect(since(first.at, last.at)).toBeGreaterThanOrEqual(seconds(0.2) * n);
  });
});

describe('a rate limit', () => {
  it('says when it is worth asking again, and is right', async () => {
    const org = await anOrg();
    const limit = await contain(org, { kind: 'rate_limit', params: { callsPerMinute: 4 } });
    expect(await ask(org)).toMatchObject({ decision: 'allow' });
    const refused = await ask(org, {}, plus(NOON, seconds(5)));
    expect(refused).toMatchObject({ decision: 'deny', reason: 'rate_limited', actionId: limit.id, retryAfterMs: 10_000, budgetId: null });
    expect(await ask(org, {}, plus(NOON, seconds(14.999)))).toMatchObject({ reason: 'rate_limited' });
    expect(await ask(org, {}, plus(NOON, seconds(15)))).toMatchObject({ decision: 'allow' });
  });

  it('of tokens lets no call pass that is larger than a minute, and says that waiting does not help', async () => {
    const org = await anOrg();
    await contain(org, { kind: 'rate_limit', params: { unitsPerMinute: 1_000 } });
    expect(await ask(org, { maxUnits: { input: 900, output: 101 } })).toMatchObject({ reason: 'rate_limited', retryAfterMs: null });
    expect(await ask(org, { maxUnits: { input: 900, output: 100 } })).toMatchObject({ decision: 'allow' });
    const { retryAfterMs } = await ask(org, { maxUnits: { input: 1, output: 0 } }, plus(NOON, seconds(1)));
    expect(await ask(org, { maxUnits: { input: 1, output: 0 } }, plus(NOON, seconds(1 + Number(retryAfterMs) / 1_000)))).toMatchObject({
      decision: 'allow',
    });
  });

  it('of calls at once counts those under way, however they end', async () => {
    const org = await anOrg();
    await contain(org, { kind: 'rate_limit', params: { concurrent: 2 } });
    const [first, second] = [await ask(org), await ask(org, { ttlSeconds: 5 })];
    const isFull = async (at = NOON) => (await ask(org, {}, at)).reason === 'rate_limited';
    expect(await isFull()).toBe(true);
    await decided(org, { kind: 'settle', request: settleIn.parse({ holdId: first?.holdId, units: { input: 1, output: 1 } }) });
    const { holdId } = await ask(org);
    expect(await isFull()).toBe(true);
    await decided(org, { kind: 'release', request: releaseIn.parse({ holdId }) });
    expect(await ask(org)).toMatchObject({ decision: 'allow' });
    expect(await isFull(plus(NOON, seconds(9)))).toBe(true);
    await org.run(expireHolds, plus(NOON, seconds(10)));
    expect(second?.decision).toBe('allow');
    expect(await isFull(plus(NOON, seconds(10)))).toBe(false);
  });

  it('is used by no call that something else refuses', async () => {
    const org = await anOrg();
    await contain(org, { kind: 'rate_limit', params: { callsPerMinute: 1 } });
    await org.run((ctx) => ctx.tx.query(`UPDATE budget SET mode = 'enforce' WHERE org_id = $1`, [org.orgId]), NOON);
    const huge = { maxUnits: { input: 0, output: 1_000_000_000 } };
    await reader().query('UPDATE organisation SET budget_set_version = budget_set_version + 1 WHERE id = $1', [org.orgId]);
    expect(await ask(org, huge)).toMatchObject({ reason: 'too_large' });
    expect(await ask(org)).toMatchObject({ decision: 'allow' });
    expect(await ask(org)).toMatchObject({ reason: 'rate_limited' });
    // What lasts longer is the reason that is given.
    expect(await ask(org, huge)).toMatchObject({ reason: 'too_large' });
  });

  it('looks at its scope alone, and two of them both', async () => {
    const org = await anOrg();
    await contain(org, { kind: 'rate_limit', scope: { workload: 'support-bot', customer: 'acme' }, params: { callsPerMinute: 1 } });
    await contain(org, { kind: 'rate_limit', params: { callsPerMinute: 60 } });
    expect(await ask(org, { customer: 'acme' })).toMatchObject({ decision: 'allow' });
    const after = plus(NOON, seconds(2));
    expect(await ask(org, { customer: 'ACME' }, after)).toMatchObject({ reason: 'rate_limited', retryAfterMs: 58_000 });
    expect(await ask(org, { customer: 'globex' }, after)).toMatchObject({ decision: 'allow' });
    expect(await ask(org, { customer: 'globex' }, after)).toMatchObject({ reason: 'rate_limited', retryAfterMs: 1_000 });
    expect(await ask(org, { workload: 'writer' }, after)).toMatchObject({ decision: 'allow' });
  });
});
