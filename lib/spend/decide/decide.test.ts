import { expect, it } from 'vitest';
import { reader, transaction } from '@/lib/db';
import { minutes, plus } from '@/lib/kernel/instant';
import { expireHolds } from '@/lib/spend/hold/expire';
import type { AuthorizeRequest, SettleRequest } from '@/lib/spend/schema';
import { settleIn } from '@/lib/spend/schema';
import { anAsk, type BareOrg, bareOrg, NOON, periodOf } from '@/lib/testing/bare-org';
import { useDatabase } from '@/scripts/testing/database';
import { decideTogether } from './group-commit';
import type { Outcome } from './ops';

useDatabase();

const authorizeAll = (org: BareOrg, requests: AuthorizeRequest[], now = NOON): Promise<Outcome[]> =>
  decideTogether(
    org.orgId,
    requests.map((request) => ({ kind: 'authorize', keyId: org.keyId, pins: org.pins, request })),
    now,
  );

const authorize = async (org: BareOrg, part: Partial<AuthorizeRequest> = {}, now = NOON) =>
  answerOf((await authorizeAll(org, [anAsk(part)], now))[0]);

const settle = async (org: BareOrg, said: Pick<SettleRequest, 'holdId' | 'units'> & Partial<SettleRequest>, now = NOON) =>
  answerOf(
    (await decideTogether(org.orgId, [{ kind: 'settle', keyId: org.keyId, pins: org.pins, request: settleIn.parse(said) }], now))[0],
  );

const answerOf = (outcome: Outcome | undefined) => {
  if (!outcome || 'fault' in outcome) throw outcome?.fault ?? new Error('no outcome');
  return outcome.answer as Record<string, string>;
};

const expire = (org: BareOrg, now = NOON) =>
  transaction((tx) => expireHolds({ actor: { kind: 'system', id: 'system', name: 'test' }, orgId: org.orgId, requestId: '', now, tx }));

/** gpt-4o costs $2.50 and $10 a million: 1,000 in and 500 out at most are $0.0075. */
const ASKED = 7_500_000n;

it('sets the worst case aside and gives the rest back at once', async () => {
  const org = await bareOrg([{ amount: '10' }]);
  const { holdId = '', heldNanoUsd } = await authorize(org);
  expect(heldNanoUsd).toBe(String(ASKED));
  expect(await periodOf(org)).toMatchObject({ held_nano: ASKED, actual_nano: 0n });
  expect(await settle(org, { holdId, units: { input: 400, output: 100 } })).toEqual({
    settledNanoUsd: '2000000',
    releasedNanoUsd: '5500000',
    overrunNanoUsd: '0',
  });
  expect(await settle(org, { holdId, units: { input: 400, output: 100 } })).toMatchObject({ settledNanoUsd: '2000000' });
  await expect(settle(org, { holdId, units: { input: 401, output: 100 } })).rejects.toMatchObject({ code: 'hold.settled_otherwise' });
  expect(await periodOf(org)).toMatchObject({ held_nano: 0n, actual_nano: 2_000_000n, excess_nano: 0n });
});

it('a huge call stops nobody', async () => {
  const org = await bareOrg([{ amount: '1' }]);
  expect(await authorize(org, { maxUnits: { input: 1_000, output: 400_000 } })).toMatchObject({
    decision: 'deny',
    reason: 'too_large',
    stopId: null,
  });
  expect((await periodOf(org)).stop_id).toBeNull();
  const smaller = await authorize(org, { maxUnits: { input: 1_000, output: 400_000 }, minOutput: 10 });
  expect(smaller).toMatchObject({ decision: 'allow', maxUnits: { input: 1_000, output: 94_750 } });
});

it('holds alone stop nobody', async () => {
  const org = await bareOrg([{ amount: '1' }]);
  const allowed = await authorizeAll(
    org,
    Array.from({ length: 200 }, () => anAsk()),
  );
  const answers = allowed.map(answerOf);
  expect(answers.filter((each) => each.decision === 'allow')).toHaveLength(126);
  expect(new Set(answers.filter((each) => each.decision === 'deny').map((each) => each.reason))).toEqual(new Set(['busy']));
  expect(await periodOf(org)).toMatchObject({ stop_id: null, actual_nano: 0n });
  const holds = answers.filter((each) => each.decision === 'allow').map((each) => each.holdId ?? '');
  for (const holdId of holds) await settle(org, { holdId, units: { input: 1, output: 0 } });
  expect(await authorize(org)).toMatchObject({ decision: 'allow' });
});

it('a stopped budget refuses from the commit on', async () => {
  const org = await bareOrg([{ amount: '1' }]);
  const { holdId = '' } = await authorize(org, { maxUnits: { input: 1_000, output: 94_500 } });
  await settle(org, { holdId, units: { input: 1_000, output: 94_500 } });
  const refused = await authorizeAll(org, [anAsk(), anAsk(), anAsk({ maxUnits: { input: 1, output: 0 } })]);
  expect(refused.map(answerOf)).toMatchObject([{ reason: 'stopped' }, { reason: 'stopped' }, { reason: 'stopped' }]);
  const stops = await reader().query('SELECT cause, lifted_at FROM stop WHERE org_id = $1', [org.orgId]);
  expect(stops).toEqual([{ cause: 'no_room', lifted_at: null }]);
});

it('every matching budget must admit', async () => {
  const org = await bareOrg([{ amount: '10' }, { amount: '1', workload: 'support-bot' }, { amount: '0.005', customer: 'acme' }]);
  const refused = await authorize(org, { customer: 'acme' });
  expect(refused).toMatchObject({ decision: 'deny', reason: 'too_large', budgetId: org.budgets[2] });
  for (const i of [0, 1, 2]) expect(await periodOf(org, i)).toMatchObject({ held_nano: 0n });
  expect(await authorize(org, { customer: 'other' })).toMatchObject({ decision: 'allow', budgets: [{}, {}] });
  expect((await authorize(org, { workload: 'elsewhere' })).budgets).toHaveLength(1);
});

it('the same key finds its hold after a lost answer', async () => {
  const org = await bareOrg([{ amount: '10' }]);
  const ask = anAsk();
  const [first, twin] = (await authorizeAll(org, [ask, ask])).map(answerOf);
  const [again] = (await authorizeAll(org, [ask])).map(answerOf);
  expect(twin).toEqual(first);
  expect(again).toEqual(first);
  expect(await periodOf(org)).toMatchObject({ held_nano: ASKED });
  const [other] = await authorizeAll(org, [{ ...ask, maxUnits: { input: 1, output: 1 } }]);
  expect(other).toMatchObject({ fault: { code: 'idempotency.mismatch' } });
  await settle(org, { holdId: first?.holdId ?? '', units: { input: 1, output: 1 } });
  expect((await authorizeAll(org, [ask]))[0]).toMatchObject({ fault: { code: 'hold.not_open' } });
});

it('an expired hold is presumed, late settlement corrects it', async () => {
  const org = await bareOrg([{ amount: '10' }]);
  const { holdId = '' } = await authorize(org, { ttlSeconds: 60 });
  expect(await expire(org)).toBe(0);
  const later = plus(NOON, minutes(2));
  expect(await expire(org, later)).toBe(1);
  expect(await periodOf(org)).toMatchObject({ held_nano: 0n, presumed_nano: ASKED, actual_nano: 0n });
  await settle(org, { holdId, units: { input: 400, output: 100 } }, later);
  expect(await periodOf(org)).toMatchObject({ held_nano: 0n, presumed_nano: 0n, actual_nano: 2_000_000n });
  const sums = await reader().query(
    'SELECT basis, sum(amount_nano)::int8 AS nano, sum(calls)::int4 AS calls FROM ledger_entry WHERE org_id = $1 GROUP BY basis ORDER BY basis',
    [org.orgId],
  );
  expect(sums).toEqual([
    { basis: 'presumed', nano: 0n, calls: 0 },
    { basis: 'priced', nano: 2_000_000n, calls: 1 },
  ]);
});

it('a settlement above its hold is an overrun, and an excess where it passes the limit', async () => {
  const org = await bareOrg([{ amount: '0.01', keyHoldPpm: 1_000_000 }]);
  const { holdId = '' } = await authorize(org);
  expect(await settle(org, { holdId, units: { input: 1_000, output: 900 } })).toMatchObject({ overrunNanoUsd: '4000000' });
  expect(await periodOf(org)).toMatchObject({ actual_nano: 11_500_000n, excess_nano: 2_000_000n });
  expect(await reader().query('SELECT cause, amount_nano FROM excess WHERE org_id = $1', [org.orgId])).toEqual([
    { cause: 'overrun', amount_nano: 2_000_000n },
  ]);
});

it('a model without a price is refused, or held at an upper guess where the budget allows it', async () => {
  const refusing = await bareOrg([{ amount: '10' }]);
  expect(await authorize(refusing, { model: 'nobody-knows' })).toMatchObject({ decision: 'deny', reason: 'unpriced' });
  const allowing = await bareOrg([{ amount: '1000', onUnpriced: 'allow' }]);
  const { holdId = '', heldNanoUsd = '0' } = await authorize(allowing, { model: 'nobody-knows' });
  expect(BigInt(heldNanoUsd) > ASKED).toBe(true);
  await settle(allowing, { holdId, units: { input: 1, output: 1 } });
  expect(await periodOf(allowing)).toMatchObject({ actual_nano: 0n, unpriced_upper_nano: BigInt(heldNanoUsd) });
});

it('one bad op fails no other', async () => {
  const org = await bareOrg([{ amount: '10' }]);
  const [good, bad] = await decideTogether(
    org.orgId,
    [
      { kind: 'authorize', keyId: org.keyId, pins: org.pins, request: anAsk() },
      { kind: 'release', keyId: org.keyId, pins: org.pins, request: { holdId: 'hld_of_someone_else' } },
    ],
    NOON,
  );
  expect(good).toMatchObject({ answer: { decision: 'allow' } });
  expect(bad).toMatchObject({ fault: { code: 'hold.not_found' } });
});
