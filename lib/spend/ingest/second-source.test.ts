import { expect, it } from 'vitest';
import { reader, transaction } from '@/lib/db';
import { hours, plus } from '@/lib/kernel/instant';
import { authorizeDoor, settleDoor } from '@/lib/spend/decide/doors';
import { expireHolds } from '@/lib/spend/hold/expire';
import { recomputePeriods } from '@/lib/spend/recompute';
import { anAsk, periodOf } from '@/lib/testing/bare-org';
import { aRecord, knock, standClock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { ingestUsageDoor } from './doors';

useDatabase();
standClock();

const UNITS = { input: 400, output: 100 };
const hold = async (org: UsageOrg): Promise<string> => String((await knock(authorizeDoor, org, { body: anAsk() })).json.holdId);
const report = (org: UsageOrg, part: Record<string, unknown>) =>
  knock(ingestUsageDoor, org, { body: { records: [aRecord(org, { units: UNITS, ...part })] } });
const settle = (org: UsageOrg, holdId: string, part: Record<string, unknown> = {}) =>
  knock(settleDoor, org, { body: { holdId, units: UNITS, ...part } });

/** One call of $0.002 is on the books, whoever told of it, and every figure is its rows. */
async function holdsOneCall(org: UsageOrg): Promise<void> {
  expect(await periodOf(org)).toMatchObject({ actual_nano: 2_000_000n, presumed_nano: 0n, held_nano: 0n, calls: 1n });
  expect(await transaction((tx) => recomputePeriods(tx, org.orgId))).toEqual([]);
}

it('a second source adds no money: reported first, then settled', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const holdId = await hold(org);
  expect((await report(org, { responseId: 'r-1' })).json).toMatchObject({ accepted: 1 });
  expect((await settle(org, holdId, { responseId: 'r-1', eventId: 'mine', units: { input: 400, output: 200 } })).json).toEqual({
    ...{ settledNanoUsd: '0', releasedNanoUsd: '7500000', overrunNanoUsd: '0' },
  });
  await holdsOneCall(org);
  // The settlement is evidence on the record, and its event id is used up: the same call told once more adds nothing either.
  expect(await reader().query('SELECT event_id, source, difference_nano FROM evidence WHERE org_id = $1', [org.orgId])).toEqual([
    { event_id: 'mine', source: 'settle', difference_nano: 1_000_000n },
  ]);
  expect((await report(org, { eventId: 'mine' })).json).toMatchObject({ accepted: 0, rejected: [{ code: 'usage.conflict' }] });
  await holdsOneCall(org);
});

it('a second source adds no money: settled first, then reported, however the provider is spelled', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const holdId = await hold(org);
  expect((await settle(org, holdId, { responseId: 'r-1' })).json).toMatchObject({ settledNanoUsd: '2000000' });
  expect((await report(org, { responseId: 'r-1' })).json).toMatchObject({ accepted: 1 });
  expect((await report(org, { responseId: 'r-1', provider: ' OpenAI' })).json).toMatchObject({ accepted: 1 });
  expect((await settle(org, await hold(org), { responseId: 'r-1' })).status).toBe(409);
  expect(await reader().query('SELECT difference_nano FROM evidence WHERE org_id = $1', [org.orgId])).toEqual([
    { difference_nano: 0n },
    { difference_nano: 0n },
  ]);
});

it('a second source adds no money: reported, the hold presumed spent, then settled late', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const holdId = await hold(org);
  await report(org, { responseId: 'r-1' });
  const actor = { kind: 'system' as const, id: 'system', name: 'test' };
  await transaction((tx) => expireHolds({ actor, orgId: org.orgId, requestId: '', now: plus(org.now, hours(2)), tx }));
  expect(await periodOf(org)).toMatchObject({ presumed_nano: 7_500_000n, calls: 2n });
  await settle(org, holdId, { responseId: 'r-1' });
  await holdsOneCall(org);
});
