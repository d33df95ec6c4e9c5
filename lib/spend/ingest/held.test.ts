import { expect, it } from 'vitest';
import { reader, transaction } from '@/lib/db';
import { hours, plus, toIso } from '@/lib/kernel/instant';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import { expireHolds } from '@/lib/spend/hold/expire';
import { proveLedger } from '@/lib/spend/proof/prove-ledger';
import { settleIn } from '@/lib/spend/schema';
import { anAsk, NOON, periodOf } from '@/lib/testing/bare-org';
import { aRecord, knock, standClock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { ingestUsageDoor } from './doors';

const setClock = standClock();
useDatabase();

const send = async (org: UsageOrg, ...records: object[]) => (await knock(ingestUsageDoor, org, { body: { records } })).json;

/** Asks for a gpt-4o call of 1,000 in and 500 out: $0.0075 are held. */
async function hold(org: UsageOrg): Promise<string> {
  const [outcome] = await decideTogether(org.orgId, [{ kind: 'authorize', keyId: org.keyId, pins: org.pins, request: anAsk() }], NOON);
  if (!outcome || 'fault' in outcome || !('holdId' in outcome.answer)) throw new Error('the call was refused');
  return outcome.answer.holdId;
}

const ledgerOf = (org: UsageOrg) =>
  reader().query('SELECT kind, basis, calls, amount_nano FROM ledger_entry WHERE org_id = $1 ORDER BY id', [org.orgId]);
const exposureOf = async (org: UsageOrg) => (await reader().query('SELECT held_nano FROM key_exposure WHERE org_id = $1', [org.orgId]))[0];
const isProven = async (org: UsageOrg) => expect(await proveLedger(org.orgId)).toMatchObject({ differences: [] });

const SMALL = { input: 400, output: 100 };

it('a record that names a hold is its settlement', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const holdId = await hold(org);
  const record = aRecord(org, { holdId, units: SMALL, responseId: 'r-1' });
  expect(await send(org, record, aRecord(org))).toMatchObject({ accepted: 2, rejected: [] });
  expect(await periodOf(org)).toMatchObject({ held_nano: 0n, actual_nano: 2_000_000n + 7_500_000n, excess_nano: 0n });
  expect(await exposureOf(org)).toEqual({ held_nano: 0n });
  expect(await send(org, record)).toMatchObject({ accepted: 0, duplicates: 1 });
  await isProven(org);
});

it('a hold that is settled already takes no more money: the record is evidence', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const holdId = await hold(org);
  const request = settleIn.parse({ holdId, units: SMALL });
  await decideTogether(org.orgId, [{ kind: 'settle', keyId: org.keyId, pins: org.pins, request }], NOON);
  expect(await send(org, aRecord(org, { holdId, units: { input: 400, output: 200 } }))).toMatchObject({ accepted: 1, rejected: [] });
  const second = await hold(org);
  const twice = [aRecord(org, { holdId: second, units: SMALL }), aRecord(org, { holdId: second, units: SMALL })];
  expect(await send(org, ...twice)).toMatchObject({ accepted: 2, rejected: [] });
  expect(await periodOf(org)).toMatchObject({ held_nano: 0n, actual_nano: 4_000_000n });
  expect(
    await reader().query('SELECT difference_nano FROM evidence WHERE org_id = $1 ORDER BY received_at, difference_nano DESC', [org.orgId]),
  ).toEqual([{ difference_nano: 1_000_000n }, { difference_nano: 0n }]);
  await isProven(org);
});

it('a call that another source has told of gives its hold back and adds nothing', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const holdId = await hold(org);
  await send(org, aRecord(org, { responseId: 'r-1', units: SMALL }));
  expect(await send(org, aRecord(org, { holdId, responseId: 'r-1', units: SMALL }))).toMatchObject({ accepted: 1 });
  expect(await periodOf(org)).toMatchObject({ held_nano: 0n, actual_nano: 2_000_000n });
  expect(await ledgerOf(org)).toHaveLength(1);
  await isProven(org);
});

it('a record that comes after its hold was presumed spent corrects it', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const holdId = await hold(org);
  const later = plus(NOON, hours(2));
  setClock(later);
  const actor = { kind: 'system' as const, id: 'system', name: 'test' };
  await transaction((tx) => expireHolds({ actor, orgId: org.orgId, requestId: '', now: later, tx }));
  expect(await periodOf(org)).toMatchObject({ held_nano: 0n, presumed_nano: 7_500_000n });
  expect(await send(org, aRecord(org, { holdId, units: SMALL, occurredAt: toIso(NOON) }))).toMatchObject({ accepted: 1 });
  expect(await periodOf(org)).toMatchObject({ presumed_nano: 0n, actual_nano: 2_000_000n });
  expect(await ledgerOf(org)).toEqual([
    { kind: 'presumed', basis: 'presumed', calls: 1, amount_nano: 7_500_000n },
    { kind: 'correction', basis: 'presumed', calls: -1, amount_nano: -7_500_000n },
    { kind: 'correction', basis: 'priced', calls: 1, amount_nano: 2_000_000n },
  ]);
  await isProven(org);
  setClock(NOON);
});

it("another workload's record cannot settle a hold", async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const holdId = await hold(org);
  expect(await send(org, aRecord(org, { holdId, workload: 'another' }))).toMatchObject({
    accepted: 0,
    rejected: [{ code: 'hold.not_found' }],
  });
  expect(await periodOf(org)).toMatchObject({ held_nano: 7_500_000n });
  expect(await reader().query(`SELECT FROM workload WHERE org_id = $1 AND slug = 'another'`, [org.orgId])).toHaveLength(0);
});
