import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { days, hours, minus, toIso } from '@/lib/kernel/instant';
import { NOON, periodOf } from '@/lib/testing/bare-org';
import { aRecord, knock, standClock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { ingestUsageDoor } from './doors';

standClock();
useDatabase();

const send = async (org: UsageOrg, ...records: Record<string, unknown>[]) =>
  (await knock(ingestUsageDoor, org, { body: { records } })).json;

type Row = { basis: string; amount_nano: bigint; calls: number; late: boolean; model: string; stated_nano: bigint | null; units: object };
const ledgerOf = (org: UsageOrg): Promise<Row[]> =>
  reader().query<Row>('SELECT * FROM ledger_entry WHERE org_id = $1 ORDER BY id', [org.orgId]);

const DONE = { duplicates: 0, rejected: [], unpriced: 0 };

it('books a record with its price, its workload and its budgets', async () => {
  const org = await usageOrg([{ amount: '10' }, { amount: '10', workload: 'another' }]);
  expect(await send(org, aRecord(org))).toEqual({ accepted: 1, ...DONE });
  expect(await ledgerOf(org)).toMatchObject([{ basis: 'priced', amount_nano: 7_500_000n, calls: 1, model: 'gpt-4o', late: false }]);
  expect(await periodOf(org)).toMatchObject({ actual_nano: 7_500_000n, held_nano: 0n });
});

it('cached tokens are billed once', async () => {
  const org = await usageOrg();
  await send(org, aRecord(org, { units: { input: 200, input_cache_read: 800, output: 0 } }));
  // gpt-4o: $2.50 a million in, $1.25 from the cache: 200 × 2.5 + 800 × 1.25 = 1,500 µ$, not 1,000 × 2.5 + 800 × 1.25.
  expect(await ledgerOf(org)).toMatchObject([{ amount_nano: 1_500_000n, units: { input: 200, input_cache_read: 800, output: 0 } }]);
});

it('an unknown price is never zero', async () => {
  const org = await usageOrg([{ amount: '1000' }]);
  const units = { input: 1_000, output: 500 };
  expect(await send(org, aRecord(org, { model: 'model-of-tomorrow', units }))).toEqual({ accepted: 1, ...DONE, unpriced: 1 });
  const [row] = await ledgerOf(org);
  expect(row).toMatchObject({ basis: 'unpriced', calls: 1 });
  expect(row!.amount_nano).toBeGreaterThan(7_500_000n);
  expect(await periodOf(org)).toMatchObject({ actual_nano: 0n, unpriced_upper_nano: row!.amount_nano });
});

it('takes the stated cost of a model it has no price for, and the book where it has one', async () => {
  const org = await usageOrg();
  await send(org, aRecord(org, { model: 'model-of-tomorrow', costNanoUsd: '1234' }), aRecord(org, { costNanoUsd: '1234' }));
  expect(await ledgerOf(org)).toMatchObject([
    { basis: 'stated', amount_nano: 1_234n, stated_nano: 1_234n },
    { basis: 'priced', amount_nano: 7_500_000n, stated_nano: 1_234n },
  ]);
});

it('books the same record once, however often and with whatever key order it comes', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const record = aRecord(org, { tags: { a: '1', b: '2' } });
  const again = Object.fromEntries(Object.entries({ ...record, tags: { b: '2', a: '1' } }).reverse());
  expect(await send(org, record, again)).toEqual({ accepted: 1, ...DONE, duplicates: 1 });
  expect(await send(org, again)).toEqual({ accepted: 0, ...DONE, duplicates: 1 });
  expect(await ledgerOf(org)).toHaveLength(1);
  expect(await periodOf(org)).toMatchObject({ actual_nano: 7_500_000n });
});

it('refuses another body under the same event id, in a batch and later', async () => {
  const org = await usageOrg();
  const record = aRecord(org);
  const other = { ...record, units: { input: 1, output: 1 } };
  const conflict = { eventId: record.eventId, code: 'usage.conflict', pointer: '/eventId' };
  expect(await send(org, record, other)).toMatchObject({ accepted: 1, rejected: [{ index: 1, ...conflict }] });
  expect(await send(org, other)).toMatchObject({ accepted: 0, rejected: [{ index: 0, ...conflict }] });
  expect(await ledgerOf(org)).toHaveLength(1);
});

it('books the same records once when several senders bring them at the same time, in any order', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const records = Array.from({ length: 50 }, (_, i) => aRecord(org, { responseId: `r-${i % 25}` }));
  const answers = await Promise.all([records, records.toReversed(), records].map((each) => send(org, ...each)));
  expect(answers.reduce((sum, each) => sum + (each.accepted as number), 0)).toBe(50);
  expect(answers.reduce((sum, each) => sum + (each.duplicates as number), 0)).toBe(100);
  expect(await ledgerOf(org)).toHaveLength(25);
  expect(await periodOf(org)).toMatchObject({ actual_nano: 25n * 7_500_000n });
});

it('a second source adds no money', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  await send(org, aRecord(org, { eventId: 'first', responseId: 'chatcmpl-1' }));
  const second = aRecord(org, { eventId: 'second', responseId: 'chatcmpl-1', units: { input: 1_000, output: 400 } });
  expect(await send(org, second)).toEqual({ accepted: 1, ...DONE });
  expect(await ledgerOf(org)).toHaveLength(1);
  expect(await periodOf(org)).toMatchObject({ actual_nano: 7_500_000n });
  expect(await reader().query('SELECT event_id, amount_nano, difference_nano FROM evidence WHERE org_id = $1', [org.orgId])).toEqual([
    { event_id: 'second', amount_nano: 6_500_000n, difference_nano: -1_000_000n },
  ]);
  expect(await send(org, second)).toEqual({ accepted: 0, ...DONE, duplicates: 1 });
});

it('a late record lands in its own period', async () => {
  const org = await usageOrg([{ amount: '10', periodKind: 'day' }], minus(NOON, days(3)));
  const yesterday = toIso(minus(NOON, hours(25)));
  await send(org, aRecord({ ...org, now: NOON }), aRecord(org, { occurredAt: yesterday, units: { input: 400, output: 0 } }));
  const periods = await reader().query('SELECT starts_at, actual_nano, stop_id FROM budget_period WHERE org_id = $1 ORDER BY starts_at', [
    org.orgId,
  ]);
  const midnight = minus(NOON, hours(13));
  expect(periods).toEqual([
    { starts_at: minus(midnight, days(1)), actual_nano: 1_000_000n, stop_id: null },
    { starts_at: midnight, actual_nano: 7_500_000n, stop_id: null },
  ]);
  expect(await ledgerOf(org)).toMatchObject([{ late: false }, { late: true }]);
});

it('believes the key about what it pins, whatever the record says', async () => {
  const org = await usageOrg();
  await reader().query(
    `UPDATE api_key SET pin_workload = 'pinned', pin_customer = 'acme', pin_tags = '{"env": "prod"}' WHERE org_id = $1`,
    [org.orgId],
  );
  await send(
    org,
    aRecord(org, { workload: 'mine', customer: 'other', tags: { env: 'dev', x: '1' } }),
    aRecord(org, { workload: undefined }),
  );
  const rows = await reader().query('SELECT workload, customer, tags FROM ledger_entry WHERE org_id = $1 ORDER BY id', [org.orgId]);
  expect(rows).toEqual([
    { workload: 'pinned', customer: 'acme', tags: { env: 'prod', x: '1' } },
    { workload: 'pinned', customer: 'acme', tags: { env: 'prod' } },
  ]);
});
