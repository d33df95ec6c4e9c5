import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { days, hours, type Instant, type Micros, minus, minutes, plus, toIso } from '@/lib/kernel/instant';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { DOLLAR, expectTrue, made, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { watchBurnRates } from './burn';
import { watchForecasts } from './forecast';
import { organisationsLookingAhead } from './watched';

useDatabase();

const slow = { kind: 'rate_limit', params: { callsPerMinute: 5 }, mode: 'automatic' };
const STOP = { at: 0.95, kind: 'stop' };
const BURN = { at: 0.02, kind: 'contain', burn: true, mustAnswer: true, actions: [slow], tell: ['budget_owner'] };

/** A month's budget of $720, of which 2 % ($14.40) burn in an hour (of 30 days), $1.20 in its last five minutes. */
const burning = async (part: Record<string, unknown> = {}): Promise<{ org: TestOrg; id: string }> => {
  const org = await anOrg();
  const { id } = await made(org, { amount: '720.00', thresholds: [STOP, BURN], ...part }, minus(NOON, hours(3)));
  return { org, id };
};

const watch = (org: TestOrg, at: Instant) => org.run(watchBurnRates, at);
const firings = async (org: TestOrg) =>
  (
    await reader().query<{ at: Instant }>(
      'SELECT fired_at AS at FROM threshold_firing WHERE org_id = $1 AND met_at IS NOT NULL ORDER BY fired_at',
      [org.orgId],
    )
  ).map((row) => row.at);
const events = async (org: TestOrg) =>
  (await reader().query<{ title: string }>(`SELECT DISTINCT title FROM notice WHERE org_id = $1`, [org.orgId])).map((row) =>
    row.title.replaceAll('\u00a0', ' '),
  );

/** Spends the same each minute of a stretch, looked at each minute as the job does. */
async function live(org: TestOrg, from: Instant, length: Micros, cents: number): Promise<void> {
  for (let at = from; at < plus(from, length); at = plus(at, minutes(1))) {
    if (cents > 0) await spend(org, (BigInt(cents) * DOLLAR) / 100n, {}, at);
    await watch(org, at);
  }
}

it('a burn rate fires once while it goes on, with all that follows in one transaction, and again after one quiet window', async () => {
  const { org, id } = await burning();
  await live(org, NOON, minutes(20), 25);
  expect(await firings(org)).toEqual([]);
  // $1.20 a minute from here on: after eight minutes more than $14.40 was spent within the hour, and goes on.
  await live(org, plus(NOON, minutes(20)), minutes(12), 120);
  const [first, ...more] = await firings(org);
  expect(first).toBe(plus(NOON, minutes(28)));
  expect(more).toEqual([]);
  const facts = await reader().query<{ breaches: bigint; actions: bigint; plans: bigint }>(
    `SELECT (SELECT count(*) FROM breach WHERE org_id = $1 AND budget_id = $2 AND cause = 'burn') AS breaches,
            (SELECT count(*) FROM containment_action WHERE org_id = $1 AND budget_id = $2 AND started_at IS NOT NULL) AS actions,
            (SELECT count(*) FROM recovery_plan WHERE org_id = $1 AND budget_id = $2) AS plans`,
    [org.orgId, id],
  );
  expect(facts).toEqual([{ breaches: 1n, actions: 1n, plans: 1n }]);
  expect(await events(org)).toContain('Support spends 2 % of its amount within 1 h');
  await live(org, plus(NOON, minutes(32)), minutes(64), 0);
  await live(org, plus(NOON, minutes(96)), minutes(14), 120);
  expect(await firings(org)).toHaveLength(2);
  await expectTrue(org);
}, 240_000);

it('what was spent early in a window and has ended burns nothing', async () => {
  const { org } = await burning();
  await watch(org, minus(NOON, minutes(1)));
  await spend(org, 20n * DOLLAR, {}, NOON);
  await live(org, plus(NOON, minutes(6)), minutes(30), 1);
  expect(await firings(org)).toEqual([]);
});

it('late records burn nothing, however much they come to', async () => {
  const { org } = await burning();
  await live(org, minus(NOON, minutes(70)), minutes(70), 0);
  await spend(org, 400n * DOLLAR, { at: minus(NOON, hours(30)) }, NOON);
  expect(await watch(org, NOON)).toBe(0);
  await spend(org, 20n * DOLLAR, { at: NOON }, NOON);
  expect(await watch(org, plus(NOON, minutes(1)))).toBe(1);
});

it('a budget that observes tells people, and holds nothing back', async () => {
  const { org, id } = await burning({ mode: 'observe' });
  await live(org, minus(NOON, minutes(2)), minutes(2), 0);
  await spend(org, 20n * DOLLAR, {}, NOON);
  expect(await watch(org, NOON)).toBe(1);
  const held = await reader().query('SELECT FROM containment_action WHERE org_id = $1 AND budget_id = $2', [org.orgId, id]);
  expect(held).toEqual([]);
  expect(await reader().query('SELECT FROM breach WHERE org_id = $1', [org.orgId])).toEqual([]);
  expect(await events(org)).toContain('Support spends 2 % of its amount within 1 h');
});

it('where nobody looked for hours, nothing is guessed', async () => {
  const { org } = await burning();
  await watch(org, minus(NOON, hours(2)));
  await spend(org, 20n * DOLLAR, { at: minus(NOON, hours(1.5)) }, minus(NOON, hours(1.5)));
  await spend(org, 2n * DOLLAR, {}, NOON);
  expect(await watch(org, NOON)).toBe(0);
});

it('a forecast fires once, when it reaches the limit within its days, and not by the rate of a first day', async () => {
  const org = await anOrg();
  const start = minus(NOON, days(20));
  const thresholds = [STOP, { at: 1, kind: 'notify', withinDays: 3, tell: ['budget_owner'] }];
  await made(org, { amount: '200.00', thresholds, period: { startsAt: toIso(start), endsAt: toIso(plus(start, days(60))) } }, start);
  expect(await organisationsLookingAhead()).toContain(org.orgId);
  // $8 a day reach the limit of $190 after almost 24 days.
  const told: number[] = [];
  for (let day = 0; day < 22; day++) {
    const at = plus(start, days(day));
    await spend(org, 8n * DOLLAR, {}, at);
    if ((await org.run(watchForecasts, plus(at, hours(1)))) > 0) told.push(day);
  }
  expect(told).toHaveLength(1);
  expect(told[0]).toBeGreaterThanOrEqual(19);
  expect(await events(org)).toContain('Support is expected to reach its limit within 3 days');
}, 120_000);
