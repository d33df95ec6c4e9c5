import fc from 'fast-check';
import { expect, it } from 'vitest';
import { burnUpOf } from '@/lib/budget/burn-up/read';
import { explainFigureDoor, getBudgetDoor, listBudgetsDoor } from '@/lib/budget/doors';
import { only, reader } from '@/lib/db';
import type { Door } from '@/lib/http/door';
import { overviewDoor } from '@/lib/insight/overview/doors';
import { overviewOf } from '@/lib/insight/overview/read';
import { listUsageDoor, usageCsvDoor } from '@/lib/insight/records-doors';
import { spendCsvDoor, spendDoor } from '@/lib/insight/spend-doors';
import { type Instant, minus, minutes, parseInstant, plus, toIso } from '@/lib/kernel/instant';
import { authorizeDoor, releaseDoor, settleDoor } from '@/lib/spend/decide/doors';
import { expireHolds } from '@/lib/spend/hold/expire';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { proveLedgerDoor } from '@/lib/spend/proof/doors';
import { type As, anOrg, type TestOrg } from '@/lib/testing/an-org';
import { columnSum } from '@/lib/testing/read-csv';
import { standClock } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';

const NOON = parseInstant('2026-11-24T12:00:00Z') as Instant;
const LATER = plus(NOON, minutes(30));
const RANGE = { from: '2026-11-01T00:00:00+01:00', to: '2026-12-01T00:00:00+01:00' };

const setClock = standClock(NOON);
useDatabase();

/** Nano-dollars for a token in and out; of the last model no price is known. */
const MODELS = { 'gpt-4o': [2_500n, 10_000n], 'gpt-4o-mini': [150n, 600n], 'nobody-knows': null } as const;
type Model = keyof typeof MODELS;
type Units = { input: number; output: number };
const priceOf = (model: Model, units: Units): bigint | null => {
  const price = MODELS[model];
  return price && BigInt(units.input) * price[0] + BigInt(units.output) * price[1];
};

const units = fc.record({ input: fc.nat(20_000), output: fc.nat(4_000) });
const workload = fc.constantFrom('bot', 'search', 'summary');
const record = fc.record({
  ...{ workload, units, model: fc.constantFrom<Model>('gpt-4o', 'gpt-4o-mini', 'nobody-knows') },
  customer: fc.constantFrom(null, 'acme', 'a "quoted", one'),
  costNanoUsd: fc.option(fc.nat(2_000_000_000).map(String)),
  minutesAgo: fc.nat(22 * 24 * 60),
});
const step = fc.oneof(
  fc.record({ kind: fc.constant('report' as const), records: fc.array(record, { minLength: 1, maxLength: 6 }) }),
  fc.record({
    kind: fc.constant('ask' as const),
    ...{ workload, bound: units, used: units, model: fc.constantFrom<Model>('gpt-4o', 'gpt-4o-mini') },
    end: fc.constantFrom('settled' as const, 'released' as const, 'lost' as const),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function asked<T>(org: TestOrg, door: Door, as: As, request: Parameters<TestOrg['ask']>[2]): Promise<T> {
  const answer = await org.ask(door, as, request);
  expect(answer.ok, await answer.clone().text()).toBe(true);
  return (await answer.json()) as T;
}

/** Plays the steps, moves the clock on, and lets what was lost expire. @returns what is known to have been spent, added up by hand */
async function play(org: TestOrg, steps: readonly Step[]): Promise<bigint> {
  let actual = 0n;
  setClock(NOON);
  for (const [i, each] of steps.entries()) {
    if (each.kind === 'report') {
      const records = each.records.map(({ minutesAgo, ...rest }, j) => ({
        ...{ ...rest, eventId: `${i}-${j}`, provider: 'openai', occurredAt: toIso(minus(NOON, minutes(minutesAgo))) },
      }));
      await asked(org, ingestUsageDoor, 'usage:write', { body: { records } });
      // Where a price is known the book counts, else what the source says.
      for (const { model, units: used, costNanoUsd } of each.records) actual += priceOf(model, used) ?? BigInt(costNanoUsd ?? 0);
      continue;
    }
    const body = { workload: each.workload, provider: 'openai', model: each.model, maxUnits: each.bound, idempotencyKey: `key-${i}` };
    const { holdId } = await asked<{ holdId: string }>(org, authorizeDoor, 'spend:authorize', { body });
    if (each.end === 'released') await asked(org, releaseDoor, 'spend:authorize', { body: { holdId } });
    if (each.end !== 'settled') continue;
    await asked(org, settleDoor, 'spend:authorize', { body: { holdId, units: each.used } });
    actual += priceOf(each.model, each.used) ?? 0n;
  }
  setClock(LATER);
  await org.run((ctx) => expireHolds(ctx), LATER);
  return actual;
}

/** Spend with known cost, presumed, and the upper guess of what has no price. */
type Three = { actual: bigint; presumed: bigint; unpriced: bigint };
type Said = { actualNanoUsd: string; presumedNanoUsd: string; unpricedUpperNanoUsd: string };
const three = (said: Said): Three => ({
  ...{ actual: BigInt(said.actualNanoUsd), presumed: BigInt(said.presumedNanoUsd), unpriced: BigInt(said.unpricedUpperNanoUsd) },
});
const sumOf = (all: Said[]): Three =>
  all.map(three).reduce((a, b) => ({ actual: a.actual + b.actual, presumed: a.presumed + b.presumed, unpriced: a.unpriced + b.unpriced }), {
    ...{ actual: 0n, presumed: 0n, unpriced: 0n },
  });
const KNOWN = ['priced', 'stated', 'adjusted'];
const byBasis = (sum: (isMeant: (basis: string) => boolean) => bigint): Three => ({
  actual: sum((basis) => KNOWN.includes(basis)),
  presumed: sum((basis) => basis === 'presumed'),
  unpriced: sum((basis) => basis === 'unpriced'),
});

type Spent = { total: Said; groups: (Said & { points?: Said[] })[] };
type Row = { basis: string; amountNanoUsd: string };

const everythingOf = async (org: TestOrg): Promise<string> =>
  only(await reader().query<{ id: string }>(`SELECT id FROM budget WHERE org_id = $1 AND kind = 'everything'`, [org.orgId])).id;

/** The same question asked everywhere it can be asked. */
async function readEverywhere(org: TestOrg): Promise<Record<string, Three>> {
  const spend = (query: Record<string, string>) => asked<Spent>(org, spendDoor, 'read', { query: { ...RANGE, ...query } });
  const file = async (door: Door, query: Record<string, string> = {}) =>
    (await org.ask(door, 'read', { query: { ...RANGE, ...query } })).text();
  const columns = (csv: string): Three => ({
    actual: columnSum(csv, 'actual_nano_usd'),
    presumed: columnSum(csv, 'presumed_nano_usd'),
    unpriced: columnSum(csv, 'unpriced_upper_nano_usd'),
  });
  const params = { id: await everythingOf(org) };
  const ofEverything = (budgets: (Said & { id: string })[]) => three(budgets.find((each) => each.id === params.id) as Said);
  const explained = async (figure: string) =>
    BigInt((await asked<{ value: string }>(org, explainFigureDoor, 'viewer', { params: { ...params, figure } })).value);
  const ledger = await reader().query<Row>(
    'SELECT basis, amount_nano::text AS "amountNanoUsd" FROM ledger_entry WHERE org_id = $1 AND booked_at >= $2 AND booked_at < $3',
    [org.orgId, RANGE.from, RANGE.to],
  );
  const listed = await asked<{ items: Row[]; nextCursor: string | null }>(org, listUsageDoor, 'viewer', {
    query: { ...RANGE, limit: '500' },
  });
  expect(listed.nextCursor).toBeNull();
  const sumOfRows = (rows: Row[]) =>
    byBasis((isMeant) => rows.filter(({ basis }) => isMeant(basis)).reduce((sum, row) => sum + BigInt(row.amountNanoUsd), 0n));
  const rows = await file(usageCsvDoor);
  const periods = await reader().query<Said>(
    `SELECT actual_nano::text AS "actualNanoUsd", presumed_nano::text AS "presumedNanoUsd", unpriced_upper_nano::text AS "unpricedUpperNanoUsd"
       FROM budget_period WHERE org_id = $1 AND budget_id = $2 AND starts_at = $3`,
    [org.orgId, params.id, RANGE.from],
  );
  return {
    'spend, total': three((await spend({})).total),
    'spend by customer, groups': sumOf((await spend({ groupBy: 'customer' })).groups),
    'spend by workload and model, days': sumOf(
      (await spend({ groupBy: 'workload,model', granularity: 'day' })).groups.flatMap(({ points }) => points ?? []),
    ),
    'spend.csv': columns(await file(spendCsvDoor)),
    'spend.csv by hour and workload': columns(await file(spendCsvDoor, { granularity: 'hour', groupBy: 'workload' })),
    'usage.csv': byBasis((isMeant) => columnSum(rows, 'amount_nano_usd', ({ basis = '' }) => isMeant(basis))),
    'list of records': sumOfRows(listed.items),
    'SQL, ledger': sumOfRows(ledger),
    'SQL, budget': sumOf(periods),
    'list of budgets': ofEverything(
      (await asked<{ items: { id: string; current: Said }[] }>(org, listBudgetsDoor, 'read', {})).items.map(({ id, current }) => ({
        ...current,
        id,
      })),
    ),
    'one budget': three((await asked<{ current: Said }>(org, getBudgetDoor, 'read', { params })).current),
    overview: ofEverything((await asked<{ budgets: (Said & { id: string })[] }>(org, overviewDoor, 'viewer', {})).budgets),
    'what the Overview page reads': ofEverything((await overviewOf(org.ctx(LATER, 'viewer'))).budgets),
    'figures explained': {
      ...{ actual: await explained('actual'), presumed: await explained('presumed'), unpriced: await explained('unpricedUpper') },
    },
  };
}

it('one number everywhere', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const org = await anOrg();
      const actual = await play(org, steps);
      const { 'SQL, ledger': sql, ...others } = await readEverywhere(org);
      expect(sql?.actual).toBe(actual);
      for (const [where, figures] of Object.entries(others)) expect(figures, where).toEqual(sql);
      const { points, chargedNanoUsd } = await burnUpOf(org.ctx(LATER, 'viewer'), await everythingOf(org));
      expect(points.at(-1)?.actualNanoUsd).toBe(String(actual));
      expect(BigInt(chargedNanoUsd)).toBe(actual + (sql?.presumed ?? 0n) + (sql?.unpriced ?? 0n));
      expect(await asked(org, proveLedgerDoor, 'analyst', {})).toMatchObject({ differences: [] });
    }),
    { numRuns: 12 },
  );
}, 120_000);
