import { expect, it } from 'vitest';
import { reader, transaction } from '@/lib/db';
import { days, hours, type Instant, instant, minus, parseInstant, plus, toIso } from '@/lib/kernel/instant';
import { type Calendar, localHourStart, periodAt } from '@/lib/kernel/period';
import { writeEntries } from '@/lib/ledger/write-entries';
import { randomEntries, randomOf } from '@/lib/testing/random-ledger';
import { readCsv } from '@/lib/testing/read-csv';
import { knock, standClock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import type { Dimension } from './dimensions';
import type { Granularity, SpendQuestion } from './plan';
import { type LedgerRow, ledgerRows } from './records';
import { listUsageDoor, usageCsvDoor } from './records-doors';
import { type Figures, spendOf } from './spend';
import { spendCsvDoor, spendDoor } from './spend-doors';

standClock();
useDatabase();

// The clock of Berlin goes back on 25 October 2026: a day of 25 hours lies in the middle.
const FROM = parseInstant('2026-10-18T22:00:00Z') as Instant;
const TO = parseInstant('2026-11-03T05:17:23.5Z') as Instant;
const ZONES = ['Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns', 'UTC'];

async function aLedger(seed: number, zone: string) {
  const org = await usageOrg([], plus(FROM, days(9)), zone);
  const calendar: Calendar = { zone, weekStart: 1, fiscalYearStart: 1 };
  const books = { orgId: org.orgId, calendar, labelTags: ['env'] };
  const entries = randomEntries(seed, 300, FROM, TO);
  for (let i = 0; i < entries.length; i += 70) await transaction((tx) => writeEntries(tx, books, entries.slice(i, i + 70)));
  await reader().query(`UPDATE organisation SET label_tags = '{env}' WHERE id = $1`, [org.orgId]);
  const rows = await reader().query<LedgerRow & { booked_at: Instant }>('SELECT * FROM ledger_entry WHERE org_id = $1', [org.orgId]);
  expect(rows).toHaveLength(entries.length);
  return { org, books, entries };
}

const valueIn = (entry: ReturnType<typeof randomEntries>[number], dimension: Dimension): string =>
  dimension.startsWith('tag:') ? (entry.tags[dimension.slice(4)] ?? '') : (entry[dimension as 'workload'] as string);

/** The answer added up by hand, row by row. */
function byHand(entries: ReturnType<typeof randomEntries>, { from, to, filters }: SpendQuestion) {
  const within = entries.filter(
    (each) =>
      each.bookedAt >= from && each.bookedAt < to && filters.every(({ dimension, values }) => values.includes(valueIn(each, dimension))),
  );
  const sums = (rows: typeof within): Figures => {
    const sum = (of: (row: (typeof within)[number]) => bigint): bigint => rows.reduce((total, row) => total + of(row), 0n);
    const ofBasis = (...bases: string[]): bigint => sum((row) => (bases.includes(row.basis) ? row.amountNano : 0n));
    const units: Record<string, bigint> = {};
    for (const row of rows)
      for (const [unit, n] of Object.entries(row.units)) units[unit] = (units[unit] ?? 0n) + BigInt(n ?? 0) * BigInt(row.calls);
    return {
      actual: ofBasis('priced', 'stated', 'adjusted'),
      presumed: ofBasis('presumed'),
      unpricedUpper: ofBasis('unpriced'),
      calls: sum((row) => BigInt(row.calls)),
      unpricedCalls: sum((row) => (row.basis === 'unpriced' ? BigInt(row.calls) : 0n)),
      units: Object.fromEntries(Object.entries(units).filter(([, n]) => n !== 0n)),
    };
  };
  return { within, sums };
}

/** The figures of an answer, to be compared with those added up by hand; quantities only where the answer has them. */
function expectSame({ units, ...said }: Figures, { units: unitsByHand, ...hand }: Figures, about: string): void {
  expect(said, about).toMatchObject(hand);
  if (units) expect(Object.fromEntries(Object.entries(units).filter(([, n]) => n !== 0n)), about).toEqual(unitsByHand);
}

const QUESTIONS: { groupBy: Dimension[]; filters: SpendQuestion['filters'] }[] = [
  { groupBy: [], filters: [] },
  { groupBy: ['workload', 'feature'], filters: [{ dimension: 'model', values: ['gpt-4o', 'm,"x"\\'] }] },
  { groupBy: ['provider', 'model', 'trafficStage'], filters: [] },
  { groupBy: ['team'], filters: [] },
  { groupBy: ['customer', 'workload'], filters: [{ dimension: 'customer', values: ['acme', ''] }] },
  { groupBy: ['model'], filters: [{ dimension: 'tag:env', values: ['prod'] }] },
  { groupBy: ['tag:env'], filters: [] },
  { groupBy: ['source', 'feature'], filters: [] },
  { groupBy: ['tag:run', 'costCentre'], filters: [{ dimension: 'team', values: ['red'] }] },
];
const GRAINS: (Granularity | null)[] = [null, 'hour', 'day', 'week', 'month'];

it.each(ZONES)('every way of reading gives the figures that the rows add up to (%s)', async (zone) => {
  const { books, entries } = await aLedger(zone.length * 7, zone);
  const random = randomOf(zone.length);
  for (const question of QUESTIONS) {
    for (const granularity of GRAINS) {
      const cut = random(3);
      const from =
        cut === 0 ? periodAt('day', books.calendar, plus(FROM, days(1))).startsAt : instant(FROM + random(6 * 86_400) * 1_000_000);
      const to = cut === 0 ? periodAt('day', books.calendar, minus(TO, days(1))).startsAt : instant(TO - random(6 * 86_400) * 1_000_000);
      const asked: SpendQuestion = { ...question, granularity, from, to };
      const said = await spendOf(reader(), books, asked, TO);
      const { within, sums } = byHand(entries, asked);
      expectSame(said.total, sums(within), JSON.stringify(asked));
      const groups = Map.groupBy(within, (row) => question.groupBy.map((dimension) => valueIn(row, dimension)).join('\0'));
      if (question.groupBy.length > 0) expect(said.groups.map((each) => each.key.join('\0')).sort()).toEqual([...groups.keys()].sort());
      for (const group of said.groups) {
        expectSame(group, sums(groups.get(group.key.join('\0')) ?? []), JSON.stringify(asked));
      }
      if (granularity === null) continue;
      const startOf = (at: Instant): Instant =>
        granularity === 'hour' ? localHourStart(books.calendar, at) : periodAt(granularity, books.calendar, at).startsAt;
      const buckets = Map.groupBy(within, (row) => startOf(row.bookedAt));
      for (const point of said.total.points) {
        const { units: _, ...hand } = sums(buckets.get(point.at) ?? []);
        expect(point, `${toIso(point.at)} ${JSON.stringify(asked)}`).toMatchObject(hand);
      }
      expect(said.total.points.reduce((sum, each) => sum + each.actual, 0n)).toBe(said.total.actual);
    }
  }
});

const query = (org: UsageOrg, door: typeof spendDoor, text: string) =>
  knock(door, org, { path: `${door.path}?from=2026-10-20T00:00:00Z&to=2026-11-02T12:34:56Z&${text}` });

it('a file of the answer, and a file of the records behind it, add up to the answer', async () => {
  const { org } = await aLedger(3, 'Europe/Berlin');
  for (const text of [
    '',
    'groupBy=customer&granularity=day',
    'groupBy=workload,model&granularity=hour&tag.env=prod',
    'customer=acme,&model=gpt-4o',
  ]) {
    const answer = await query(org, spendDoor, text);
    expect(answer.status, answer.text).toBe(200);
    const { actualNanoUsd } = answer.json.total as { actualNanoUsd: string };
    const [header = [], ...lines] = readCsv((await query(org, spendCsvDoor, text)).text);
    const column = header.indexOf('actual_nano_usd');
    expect(String(lines.reduce((sum, line) => sum + BigInt(line[column] ?? '0'), 0n))).toBe(actualNanoUsd);
    const filters = text.split('&').filter((part) => !/^(groupBy|granularity)=/.test(part));
    const [names = [], ...records] = readCsv((await query(org, usageCsvDoor, filters.join('&'))).text);
    const [amount, basis] = [names.indexOf('amount_nano_usd'), names.indexOf('basis')];
    const actual = records.filter((record) => ['priced', 'stated', 'adjusted'].includes(record[basis] ?? ''));
    expect(String(actual.reduce((sum, record) => sum + BigInt(record[amount] ?? '0'), 0n))).toBe(actualNanoUsd);
  }
  expect((await query(org, spendCsvDoor, 'groupBy=customer')).text).toContain("'=1+1");
});

it.each([true, false])('lists the records behind a figure page by page, each once (oldest first: %s)', async (oldestFirst) => {
  const { org, entries } = await aLedger(5, 'UTC');
  const seen: bigint[] = [];
  for (let after = null as LedgerRow | null; ; ) {
    const rows = await ledgerRows(reader(), org.orgId, { from: FROM, to: TO, filters: [] }, { after, limit: 37, oldestFirst });
    seen.push(...rows.map((row) => row.id));
    const last = rows.at(-1);
    if (!last || seen.length > entries.length) break;
    after = last;
  }
  expect(new Set(seen).size).toBe(entries.length);
  expect(seen).toHaveLength(entries.length);
});

it('says of the running day that it is not complete, and of a range of raw records that it is too long', async () => {
  const { org, books } = await aLedger(1, 'Europe/Berlin');
  const now = plus(FROM, hours(60));
  const said = await spendOf(reader(), books, { from: FROM, to: plus(FROM, days(3)), groupBy: [], filters: [], granularity: 'day' }, now);
  expect(said.total.points.map((point) => point.complete)).toEqual([true, true, false]);
  const long = await knock(spendDoor, org, {
    path: '/api/v1/spend?from=2026-09-01T00:00:00Z&to=2026-11-01T00:00:00Z&groupBy=customer,team',
  });
  expect(long.status).toBe(422);
  expect(long.json).toMatchObject({ code: 'spend.range_too_long' });
  const month = await knock(spendDoor, org, {
    path: '/api/v1/spend?from=2026-10-10T00:00:00Z&to=2026-11-01T00:00:00Z&groupBy=customer,team',
  });
  expect(month.json).toMatchObject({ from: 'ledger' });
  const unknown = await knock(spendDoor, org, { path: '/api/v1/spend?from=2026-10-10T00:00:00Z&to=2026-11-01T00:00:00Z&colour=red' });
  expect(unknown.status).toBe(422);
});

it.each([
  'from=0000-01-01T00:00:00Z&to=2026-11-01T00:00:00Z',
  'from=2026-11-01T00:00:00Z&to=9999-11-01T00:00:00Z',
  'from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&groupBy=colour',
  'from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&tags.env=prod',
  'from=2026-11-01&to=2026-11-02T00:00:00Z',
  'to=2026-11-02T00:00:00Z',
])('says what is wrong with a question: %s', async (text) => {
  const { status, json } = await knock(spendDoor, await usageOrg(), { path: `/api/v1/spend?${text}` });
  expect([status, json.code]).toEqual([422, 'request.invalid']);
});

it.each(['[1e18,"1"]', '[1,"x"]', '[1]', '["a","1"]', 'null'])('says that a made-up cursor is none: %s', async (place) => {
  const cursor = Buffer.from(place).toString('base64url');
  const path = `/api/v1/usage?from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&cursor=${cursor}`;
  expect((await knock(listUsageDoor, await usageOrg(), { path })).json).toMatchObject({ code: 'cursor.malformed', status: 400 });
});
