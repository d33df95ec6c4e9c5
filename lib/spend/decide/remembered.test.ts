import { expect, it } from 'vitest';
import { reader, transaction } from '@/lib/db';
import { minutes, plus } from '@/lib/kernel/instant';
import { expireHolds } from '@/lib/spend/hold/expire';
import { recomputePeriods } from '@/lib/spend/recompute';
import { settleIn } from '@/lib/spend/schema';
import { anOrg } from '@/lib/testing/an-org';
import { anAsk, type BareOrg, bareOrg, NOON, periodOf } from '@/lib/testing/bare-org';
import { ask, decided, expectTrue, made, read } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { decide, decideTogether } from './group-commit';
import type { Op } from './ops';

useDatabase();

type Memory = { hardstopHolds?: Map<string, unknown> | undefined };
const memory = globalThis as Memory;

const asking = (org: BareOrg, part: Parameters<typeof anAsk>[0] = {}): Op => ({
  ...{ kind: 'authorize', keyId: org.keyId, pins: org.pins },
  request: anAsk(part),
});
const settling = (org: BareOrg, holdId: string): Op => ({
  ...{ kind: 'settle', keyId: org.keyId, pins: org.pins },
  request: settleIn.parse({ holdId, units: { input: 400, output: 100 } }),
});
const releasing = (org: BareOrg, holdId: string): Op => ({ kind: 'release', keyId: org.keyId, pins: org.pins, request: { holdId } });

async function hold(org: BareOrg): Promise<string> {
  const [outcome] = await decideTogether(org.orgId, [asking(org)], NOON);
  return (outcome as { answer: { holdId: string } }).answer.holdId;
}

/** As another process, which has not given the hold, would do it: what is remembered here stays as it was. */
async function elsewhere<T>(work: () => Promise<T>): Promise<T> {
  const { hardstopHolds } = memory;
  memory.hardstopHolds = undefined;
  try {
    return await work();
  } finally {
    memory.hardstopHolds = hardstopHolds;
  }
}

const isTrue = async (org: BareOrg) => expect(await transaction((tx) => recomputePeriods(tx, org.orgId))).toEqual([]);

it('a hold that this process gave is settled without being read', async () => {
  const org = await bareOrg([{ amount: '10' }]);
  const holdId = await hold(org);
  expect(memory.hardstopHolds?.has(holdId)).toBe(true);
  expect(await decideTogether(org.orgId, [settling(org, holdId)], NOON)).toMatchObject([{ answer: { settledNanoUsd: '2000000' } }]);
  expect(memory.hardstopHolds?.has(holdId)).toBe(false);
  expect(await periodOf(org)).toMatchObject({ held_nano: 0n, actual_nano: 2_000_000n });
  await isTrue(org);
});

it('what another process made of it meanwhile counts, not what is remembered', async () => {
  const org = await bareOrg([{ amount: '10' }]);
  const settled = await hold(org);
  const released = await hold(org);
  const expired = await hold(org);
  await elsewhere(() => decideTogether(org.orgId, [settling(org, settled), releasing(org, released)], NOON));
  const later = plus(NOON, minutes(11));
  await transaction((tx) =>
    expireHolds({ actor: { kind: 'system', id: 'system', name: 'test' }, orgId: org.orgId, requestId: '', now: later, tx }),
  );
  const other = settleIn.parse({ holdId: settled, units: { input: 1, output: 1 } });
  const outcomes = await decideTogether(
    org.orgId,
    [
      settling(org, settled),
      { ...settling(org, settled), request: other } as Op,
      releasing(org, released),
      settling(org, expired),
      releasing(org, settled),
    ],
    later,
  );
  expect(outcomes).toMatchObject([
    { answer: { settledNanoUsd: '2000000', releasedNanoUsd: '5500000' } },
    { fault: { code: 'hold.settled_otherwise' } },
    { answer: { releasedNanoUsd: '7500000' } },
    { answer: { settledNanoUsd: '2000000' } },
    { fault: { code: 'hold.not_open' } },
  ]);
  expect(await periodOf(org)).toMatchObject({ held_nano: 0n, presumed_nano: 0n, actual_nano: 4_000_000n });
  await isTrue(org);
});

it('two settlements of one hold at once book it once', async () => {
  const org = await bareOrg([{ amount: '10' }]);
  const holdId = await hold(org);
  const both = await Promise.all([1, 2].map(() => decideTogether(org.orgId, [settling(org, holdId)], NOON)));
  expect(both.flat()).toMatchObject([{ answer: { settledNanoUsd: '2000000' } }, { answer: { settledNanoUsd: '2000000' } }]);
  expect(await reader().query('SELECT FROM ledger_entry WHERE org_id = $1', [org.orgId])).toHaveLength(1);
  await isTrue(org);
});

it('a key that was revoked after it asked settles nothing', async () => {
  const org = await bareOrg([{ amount: '10' }]);
  const holdId = await hold(org);
  await reader().query('UPDATE api_key SET revoked_at = created_at WHERE org_id = $1', [org.orgId]);
  expect(await decideTogether(org.orgId, [settling(org, holdId), releasing(org, holdId)], NOON)).toMatchObject([
    { fault: { code: 'key.not_live' } },
    { fault: { code: 'key.not_live' } },
  ]);
  expect(await periodOf(org)).toMatchObject({ held_nano: 7_500_000n, actual_nano: 0n });
  await isTrue(org);
});

it('a budget that was made while a hold was open is charged by its settlement', async () => {
  const org = await anOrg();
  await made(org);
  const { holdId = '' } = await ask(org);
  const { id } = await made(org, { name: 'Later' });
  await decided(org, { kind: 'settle', request: settleIn.parse({ holdId, units: { input: 400, output: 100 } }) });
  expect((await read(org, id)).current).toMatchObject({ heldNanoUsd: '0', actualNanoUsd: '2000000' });
  await expectTrue(org);
});

it('batches that overlap never let a budget pass its limit', async () => {
  const org = await bareOrg([
    { amount: '1', stopPpm: 1_000_000 },
    { amount: '1000', workload: 'support-bot' },
  ]);
  const outcomes = await Promise.all(
    Array.from({ length: 400 }, async () => (await decide(org.orgId, [asking(org, { ttlSeconds: 3_600 })]))[0]),
  );
  const given = outcomes.flatMap((each) => (each && 'answer' in each && 'holdId' in each.answer ? [each.answer.holdId] : []));
  // $1 is 133 holds of $0.0075.
  expect(given).toHaveLength(133);
  await Promise.all(given.map((id, i) => decide(org.orgId, [i % 3 === 0 ? releasing(org, id) : settling(org, id)])));
  const rows = await reader().query<{ held: bigint; actual: bigint }>(
    'SELECT held_nano AS held, actual_nano AS actual FROM budget_period WHERE org_id = $1',
    [org.orgId],
  );
  expect(rows).toEqual([
    { held: 0n, actual: 88n * 2_000_000n },
    { held: 0n, actual: 88n * 2_000_000n },
  ]);
  await isTrue(org);
});

it('more than can wait are refused at once, all of a request or none', async () => {
  const org = await bareOrg([{ amount: '1000000' }]);
  const waiting = decide(org.orgId, [asking(org)]);
  const tooMany = Array.from({ length: 10_000 }, () => asking(org));
  await expect(decide(org.orgId, tooMany)).rejects.toMatchObject({ code: 'decisions.overloaded', retryAfterSeconds: 1 });
  expect(await waiting).toMatchObject([{ answer: { decision: 'allow' } }]);
  expect(await reader().query('SELECT FROM hold WHERE org_id = $1', [org.orgId])).toHaveLength(1);
});
