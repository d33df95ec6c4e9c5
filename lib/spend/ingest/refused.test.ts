import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { days, hours, minus, plus, toIso } from '@/lib/kernel/instant';
import { NOON } from '@/lib/testing/bare-org';
import { aRecord, knock, standClock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { ingestUsageDoor } from './doors';

standClock();
useDatabase();

const send = async (org: UsageOrg, ...records: Record<string, unknown>[]) =>
  (await knock(ingestUsageDoor, org, { body: { records } })).json;
const ledgerOf = (org: UsageOrg) => reader().query('SELECT FROM ledger_entry WHERE org_id = $1', [org.orgId]);

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

it('a key revoked a moment ago books nothing', async () => {
  const org = await usageOrg();
  await send(org, aRecord(org));
  await reader().query('UPDATE api_key SET revoked_at = $2 WHERE org_id = $1', [org.orgId, toIso(NOON)]);
  expect((await knock(ingestUsageDoor, org, { body: { records: [aRecord(org)] } })).status).toBe(401);
  expect(await ledgerOf(org)).toHaveLength(1);
});
