import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBudget } from '@/lib/budget/read/budgets';
import { budgetIn } from '@/lib/budget/schema';
import { reader, transaction } from '@/lib/db';
import { booksOf } from '@/lib/insight/books';
import { hours, type Instant, minus, minutes, parseInstant, plus, toIso } from '@/lib/kernel/instant';
import { PERIOD_KINDS } from '@/lib/kernel/period';
import { proveRollups } from '@/lib/ledger/prove';
import type { OrganisationChange } from '@/lib/org/schema';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import { makeBudget } from '@/lib/spend/limit/make-budget';
import { recomputePeriods } from '@/lib/spend/recompute';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { bookUsage } from '@/lib/testing/book-usage';
import { ask } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { changeOrganisation } from './change-organisation';

useDatabase();

const make = (org: TestOrg, period: 'day' | 'week' | 'month' | 'quarter' | 'year', now = NOON) =>
  org.run((ctx) => makeBudget(ctx, budgetIn.parse({ name: period, period, amount: '1000' })), now);
const book = (org: TestOrg, now: Instant, at = now) => org.run((ctx) => bookUsage(ctx, [{ nano: 1_000_000n, at }]), now);
const change = (org: TestOrg, now: Instant, to: OrganisationChange) => org.run((ctx) => changeOrganisation(ctx, to, null), now);

type Row = { startsAt: Instant; endsAt: Instant; actual: bigint };
const periodsOf = (budgetId: string): Promise<Row[]> =>
  reader().query<Row>(
    `SELECT starts_at AS "startsAt", ends_at AS "endsAt", actual_nano AS actual FROM budget_period WHERE budget_id = $1 ORDER BY starts_at`,
    [budgetId],
  );
const shown = (rows: Row[]) => rows.map((row) => [toIso(row.startsAt), toIso(row.endsAt), Number(row.actual)]);

it('a change of zone moves no period that has begun: the next begins where it ends', async () => {
  const org = await anOrg(minus(NOON, hours(24 * 20)), 'UTC');
  const { id } = await make(org, 'day');
  await book(org, NOON);
  await change(org, NOON, { zone: 'Asia/Tokyo' });
  // A record that comes late still finds its own old day, also one that nobody had needed; one that comes later finds a new one.
  await book(org, plus(NOON, minutes(1)), minus(NOON, hours(2)));
  await book(org, plus(NOON, hours(14)));
  await book(org, plus(NOON, hours(36)));
  expect(shown(await periodsOf(id))).toEqual([
    ['2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z', 2_000_000],
    ['2026-11-25T00:00:00Z', '2026-11-25T15:00:00Z', 1_000_000],
    ['2026-11-25T15:00:00Z', '2026-11-26T15:00:00Z', 1_000_000],
  ]);
  const { current } = await readBudget(org.ctx(plus(NOON, hours(36))), id);
  expect(current).toMatchObject({ startsAt: '2026-11-25T15:00:00Z', actualNanoUsd: '1000000' });
});

it('a period that a sender’s clock ahead of ours has begun is kept too', async () => {
  const org = await anOrg(minus(NOON, hours(24)), 'UTC');
  const beforeMidnight = parseInstant('2026-11-24T23:55:00Z') as Instant;
  const { id } = await make(org, 'day');
  await book(org, beforeMidnight, plus(beforeMidnight, minutes(8)));
  await change(org, beforeMidnight, { zone: 'America/Los_Angeles' });
  await book(org, plus(beforeMidnight, hours(1)));
  await book(org, plus(beforeMidnight, hours(25)));
  expect(shown(await periodsOf(id)).slice(-2)).toEqual([
    ['2026-11-25T00:00:00Z', '2026-11-26T00:00:00Z', 2_000_000],
    ['2026-11-26T00:00:00Z', '2026-11-26T08:00:00Z', 1_000_000],
  ]);
});

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('book' as const), hoursAgo: fc.constantFrom(0, 0, 1, 30, 800, -0.15) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.constantFrom(0.1, 5, 30, 200, 1_500) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ask' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('settle' as const), which: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      to: fc.record(
        {
          zone: fc.constantFrom('UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Australia/Lord_Howe', 'Europe/Berlin'),
          weekStart: fc.integer({ min: 1, max: 7 }),
          fiscalYearStart: fc.integer({ min: 1, max: 12 }),
        },
        { requiredKeys: ['zone'] },
      ),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type World = { org: TestOrg; now: Instant; holds: string[] };

async function take(world: World, s: Step): Promise<void> {
  const { org, now, holds } = world;
  if (s.kind === 'book') await book(org, now, minus(now, hours(s.hoursAgo)));
  if (s.kind === 'wait') world.now = plus(now, hours(s.hours));
  if (s.kind === 'change') await change(org, now, s.to as OrganisationChange);
  if (s.kind === 'ask') {
    const answer = await ask(org, { maxUnits: { input: 500, output: 500 } }, now);
    if (answer.decision === 'allow') holds.push(String(answer.holdId));
  }
  const holdId = s.kind === 'settle' ? holds[s.which] : undefined;
  if (holdId) {
    const by = { keyId: org.keys['spend:authorize'].id, pins: { tags: {} } };
    await decideTogether(org.orgId, [{ ...by, kind: 'settle', request: { holdId, units: { input: 500, output: 300 } } }], now);
  }
}

/** Rows of the ledger that do not belong to exactly one period of a budget that was there; periods that overlap. */
const MISPLACED = `
  SELECT e.id::text FROM ledger_entry e JOIN budget b ON b.org_id = e.org_id AND b.kind <> 'unassigned'
   WHERE e.org_id = $1 AND e.booked_at >= b.created_at
     AND 1 <> (SELECT count(*) FROM budget_period p WHERE p.org_id = $1 AND p.budget_id = b.id AND p.starts_at <= e.booked_at AND e.booked_at < p.ends_at)
  UNION ALL
  SELECT p.id FROM budget_period p JOIN budget_period q ON q.org_id = $1 AND q.budget_id = p.budget_id AND q.id <> p.id
   WHERE p.org_id = $1 AND p.starts_at < q.ends_at AND q.starts_at < p.ends_at`;

it('after whatever changes of the calendar every row is in one period of each budget, and nothing differs from the ledger', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 25 }), async (steps) => {
      const org = await anOrg(minus(NOON, hours(24)), 'Europe/Berlin');
      for (const kind of PERIOD_KINDS) await make(org, kind);
      const world: World = { org, now: NOON, holds: [] };
      for (const each of steps) await take(world, each);
      expect(await reader().query(MISPLACED, [org.orgId])).toEqual([]);
      expect(await transaction((tx) => recomputePeriods(tx, org.orgId))).toEqual([]);
      const { differences } = await transaction(async (tx) => proveRollups(tx, await booksOf(tx, org.orgId)));
      expect(differences).toEqual([]);
    }),
    { numRuns: 20 },
  );
}, 60_000);
