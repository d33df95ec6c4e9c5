import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { days, hours, minus, plus, toIso } from '@/lib/kernel/instant';
import { NOON, periodOf } from '@/lib/testing/bare-org';
import { aRecord, knock, standClock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { addOutcomeDoor, ingestUsageDoor } from './doors';

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

it('keeps good records and says of each bad one what to mend', async () => {
  const org = await usageOrg();
  const answer = await send(
    org,
    aRecord(org),
    aRecord(org, { eventId: 'a', units: { input: -1 } }),
    aRecord(org, { eventId: 'b', colour: 'red' }),
    aRecord(org, { eventId: 'c', units: { inputs: 5 } }),
    aRecord(org, { eventId: 'd', occurredAt: '2026-11-24T12:00:00' }),
    aRecord(org, { eventId: 'e', occurredAt: toIso(minus(NOON, days(401))) }),
    aRecord(org, { eventId: 'f', occurredAt: toIso(plus(NOON, hours(1))) }),
    aRecord(org, { eventId: 'g', model: undefined }),
    aRecord(org, { eventId: 'h', units: { input: 900_000 } }),
    aRecord(org, { eventId: 'i', model: 'model-of-tomorrow', costNanoUsd: '900000000000000' }),
    aRecord(org, { eventId: 'j', holdId: 'hld_of_nobody' }),
    aRecord(org, { eventId: 'k' }),
  );
  expect(answer.accepted).toBe(2);
  expect(
    (answer.rejected as { eventId: string; code: string; pointer: string }[]).map((each) => [each.eventId, each.code, each.pointer]),
  ).toEqual([
    ['a', 'usage.negative_units', '/units/input'],
    ['b', 'field.unknown', '/colour'],
    ['c', 'usage.unknown_unit', '/units/inputs'],
    ['d', 'usage.bad_time', '/occurredAt'],
    ['e', 'usage.too_old', '/occurredAt'],
    ['f', 'usage.in_future', '/occurredAt'],
    ['g', 'field.required', '/model'],
    ['h', 'usage.above_model_limit', '/units'],
    ['i', 'usage.too_dear', '/costNanoUsd'],
    ['j', 'hold.not_found', '/holdId'],
  ]);
  const kept = await reader().query<{ event_id: string }>('SELECT event_id FROM rejected_record WHERE org_id = $1 ORDER BY event_id', [
    org.orgId,
  ]);
  expect(kept.map((each) => each.event_id).join('')).toBe('abcdefghij');
  expect(await reader().query('SELECT accepted, rejected, late FROM usage_source WHERE org_id = $1', [org.orgId])).toEqual([
    { accepted: 2n, rejected: 10n, late: 0n },
  ]);
});

it('takes lines of JSON, gzipped too, and rejects the line that is none', async () => {
  const org = await usageOrg();
  const lines = `${JSON.stringify(aRecord(org))}\n\n{"eventId": \n${JSON.stringify(aRecord(org))}\r\n`;
  const type = 'application/x-ndjson';
  const plain = await knock(ingestUsageDoor, org, { body: lines, headers: { 'content-type': type } });
  expect(plain.json).toMatchObject({ accepted: 2, rejected: [{ index: 1, eventId: null, code: 'usage.malformed' }] });
  const packed = await knock(ingestUsageDoor, org, {
    body: gzipSync(lines),
    headers: { 'content-type': type, 'content-encoding': 'gzip' },
  });
  expect(packed.json).toMatchObject({ accepted: 0, duplicates: 2, rejected: [{ index: 1 }] });
  const json = gzipSync(JSON.stringify({ records: [aRecord(org)] }));
  expect((await knock(ingestUsageDoor, org, { body: json, headers: { 'content-encoding': 'gzip' } })).json).toMatchObject({ accepted: 1 });
});

it('refuses what is no batch at all', async () => {
  const org = await usageOrg();
  expect((await knock(ingestUsageDoor, org, { body: '{"records": [' })).status).toBe(400);
  expect((await knock(ingestUsageDoor, org, { body: { records: {} } })).status).toBe(422);
  expect((await knock(ingestUsageDoor, org, { body: { records: Array(5_001).fill({}) } })).status).toBe(413);
  expect((await knock(ingestUsageDoor, org, { body: 'x', headers: { 'content-type': 'text/csv' } })).status).toBe(415);
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

it('a key revoked a moment ago books nothing', async () => {
  const org = await usageOrg();
  await send(org, aRecord(org));
  await reader().query('UPDATE api_key SET revoked_at = $2 WHERE org_id = $1', [org.orgId, toIso(NOON)]);
  expect((await knock(ingestUsageDoor, org, { body: { records: [aRecord(org)] } })).status).toBe(401);
  expect(await ledgerOf(org)).toHaveLength(1);
});

it('keeps what came of a call, with the record or later', async () => {
  const org = await usageOrg();
  await send(org, aRecord(org, { eventId: 'o1', outcome: 'success', quality: 0.93 }));
  const later = await knock(addOutcomeDoor, org, { params: { eventId: 'o1' }, body: { converted: true } });
  expect(later.json).toEqual({ eventId: 'o1', outcome: null, quality: null, converted: true, at: toIso(NOON) });
  expect(await reader().query('SELECT outcome, quality, converted FROM outcome WHERE org_id = $1', [org.orgId])).toEqual([
    { outcome: 'success', quality: 0.93, converted: true },
  ]);
  expect((await knock(addOutcomeDoor, org, { params: { eventId: 'nobody' }, body: { converted: true } })).status).toBe(404);
  expect((await knock(addOutcomeDoor, org, { params: { eventId: 'o1' }, body: {} })).status).toBe(422);
});
