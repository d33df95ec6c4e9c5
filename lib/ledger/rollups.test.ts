import { expect, it } from 'vitest';
import { reader, transaction } from '@/lib/db';
import { days, type Instant, parseInstant, plus } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import type { Calendar } from '@/lib/kernel/period';
import { bareOrg, NOON } from '@/lib/testing/bare-org';
import { randomEntries } from '@/lib/testing/random-ledger';
import { useDatabase } from '@/scripts/testing/database';
import { namesOf, unnestOf, valuesOf } from './columns';
import type { Books } from './entry';
import { forgetLabelValues, MAX_VALUES, OTHER } from './label-values';
import { proveRollups } from './prove';
import { rebuildRollups } from './rebuild';
import { COLUMNS, insertEntries, writeEntries } from './write-entries';

useDatabase();

const FROM = parseInstant('2026-10-20T03:00:00Z') as Instant;
const calendarOf = (zone: string): Calendar => ({ zone, weekStart: 1, fiscalYearStart: 1 });
const booksFor = async (zone = 'Europe/Berlin'): Promise<Books> => ({
  orgId: (await bareOrg([], NOON, zone)).orgId,
  calendar: calendarOf(zone),
  labelTags: ['env'],
});
const proveAll = (books: Books) => transaction((tx) => proveRollups(tx, books));
const CLEAN = { differences: [] };

it.each([1, 2, 3])('rollups equal the ledger after random batches that come at the same time (seed %i)', async (seed) => {
  const books = await booksFor();
  const entries = randomEntries(seed, 400, FROM, plus(FROM, days(8)));
  const batches = Array.from({ length: 20 }, (_, i) => entries.slice(i * 20, i * 20 + 20));
  await Promise.all(batches.map((batch) => transaction((tx) => writeEntries(tx, books, batch))));
  expect(await proveAll(books)).toMatchObject({ ...CLEAN, ledgerNano: batches.flat().reduce((sum, each) => sum + each.amountNano, 0n) });
});

it('writes the same rows whether what they share is sent once or for each', async () => {
  const [one, few, other] = [await booksFor(), await booksFor(), await booksFor()];
  const entries = randomEntries(10, 300, FROM, plus(FROM, days(2)));
  // What is missing is told apart from a text that says so.
  const odd = entries.slice(0, 4).map((entry, i) => ({ ...entry, askedModel: [null, 'null', '', '='][i]!, team: ['', '=', "'", '"'][i]! }));
  const all = [...entries, ...odd];
  await transaction((tx) => writeEntries(tx, one, all));
  await transaction((tx) => insertEntries(tx, few.orgId, all));
  const plainly = `INSERT INTO ledger_entry (org_id, ${namesOf(COLUMNS)}) SELECT $1, t.* FROM unnest(${unnestOf(COLUMNS, 2)}) AS t`;
  await reader().query(plainly, [other.orgId, ...valuesOf(COLUMNS, all)]);
  const rows = async ({ orgId }: Books) =>
    (
      await reader().query<{ row: object }>(
        `SELECT to_jsonb(e) - 'id' - 'org_id' AS row FROM ledger_entry e WHERE org_id = $1 ORDER BY to_jsonb(e) - 'id' - 'org_id'`,
        [orgId],
      )
    ).map(({ row }) => row);
  expect(await rows(other)).toEqual(await rows(one));
  expect(await rows(few)).toEqual(await rows(other));
  expect(await rows(one)).toHaveLength(304);
});

it('keeps text as it was, whatever is in it', async () => {
  const books = await booksFor();
  const [entry] = randomEntries(1, 1, FROM, plus(FROM, days(1)));
  const odd = { ...entry!, workload: 'a,b"c\\d{e}', feature: 'NULL', customer: "'; --", tags: { 'k"\\': '\u{1F4B8},{}' } };
  await transaction((tx) => writeEntries(tx, books, [odd]));
  const rows = await reader().query('SELECT workload, feature, customer, tags FROM ledger_entry WHERE org_id = $1', [books.orgId]);
  expect(rows).toEqual([{ workload: odd.workload, feature: 'NULL', customer: odd.customer, tags: odd.tags }]);
  expect(await proveAll(books)).toMatchObject(CLEAN);
});

it('a zone that moves cuts all rollups anew', async () => {
  const books = await booksFor();
  await transaction((tx) => writeEntries(tx, books, randomEntries(4, 200, FROM, plus(FROM, days(8)))));
  const moved = { ...books, calendar: calendarOf('Australia/Lord_Howe'), labelTags: ['env', 'run'] };
  expect((await proveAll(moved)).differences.length).toBeGreaterThan(0);
  await transaction((tx) => rebuildRollups(tx, moved));
  expect(await proveAll(moved)).toMatchObject(CLEAN);
  await transaction((tx) => writeEntries(tx, moved, randomEntries(5, 100, FROM, plus(FROM, days(8)))));
  expect(await proveAll(moved)).toMatchObject(CLEAN);
});

it('a proof names every kind of figure that is wrong', async () => {
  const books = await booksFor();
  await transaction((tx) => writeEntries(tx, books, randomEntries(6, 50, FROM, plus(FROM, days(2)))));
  const first = (table: string) => `ctid = (SELECT min(ctid) FROM ${table} WHERE org_id = $1)`;
  await reader().query(`UPDATE rollup_hour SET amount_nano = amount_nano + 1 WHERE ${first('rollup_hour')}`, [books.orgId]);
  await reader().query(`UPDATE rollup_day SET calls = calls + 1 WHERE ${first('rollup_day')}`, [books.orgId]);
  await reader().query(`DELETE FROM rollup_unit WHERE ctid = (SELECT min(ctid) FROM rollup_unit WHERE org_id = $1 AND quantity <> 0)`, [
    books.orgId,
  ]);
  await reader().query(`UPDATE rollup_label SET amount_nano = amount_nano - 1 WHERE ${first('rollup_label')}`, [books.orgId]);
  const { differences } = await proveAll(books);
  expect([...new Set(differences.map((each) => each.what))].sort()).toEqual(['day', 'hour', 'label', 'unit']);
});

/** Until a connection waits for another one's lock. */
async function someoneWaits(): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await reader().query(waiting)).length === 0);
}

it('past 10,000 values a day the rest of a label goes together, and a value keeps its place', async () => {
  const books = { ...(await booksFor()), labelTags: [] };
  const [base] = randomEntries(1, 1, FROM, plus(FROM, days(1)));
  const entryOf = (customer: string) => ({ ...base!, customer, amountNano: nanoUsd(1n) });
  const write = (customers: string[]) => transaction((tx) => writeEntries(tx, books, customers.map(entryOf)));
  await write(Array.from({ length: MAX_VALUES - 1 }, (_, i) => `customer-${i}`));
  // One batch takes the last place and has not committed when another, which would give it to someone else, comes.
  let other = Promise.resolve<unknown>(null);
  await transaction(async (tx) => {
    await writeEntries(tx, books, ['late-2'].map(entryOf));
    other = write(['late-1', 'late-2', 'customer-7']);
    await someoneWaits();
  });
  await other;
  forgetLabelValues();
  await write(['late-1', 'late-2', 'customer-7']);
  const rows = await reader().query<{ value: string; calls: bigint }>(
    `SELECT value, calls FROM rollup_label WHERE org_id = $1 AND label = 'customer' AND value IN ('late-1', 'late-2', 'customer-7', $2) ORDER BY calls, value`,
    [books.orgId, OTHER],
  );
  expect(rows).toEqual([
    { value: OTHER, calls: 2n },
    { value: 'customer-7', calls: 3n },
    { value: 'late-2', calls: 3n },
  ]);
  expect(await proveAll(books)).toMatchObject(CLEAN);
});

it('a row of the ledger can be neither changed nor taken away', async () => {
  const books = await booksFor();
  await transaction((tx) => writeEntries(tx, books, randomEntries(1, 1, FROM, plus(FROM, days(1)))));
  await expect(reader().query('UPDATE ledger_entry SET amount_nano = 0 WHERE org_id = $1', [books.orgId])).rejects.toThrow('append-only');
  await expect(reader().query('DELETE FROM ledger_entry WHERE org_id = $1', [books.orgId])).rejects.toThrow('append-only');
});
