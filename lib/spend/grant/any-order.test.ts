import fc from 'fast-check';
import { expect, it } from 'vitest';
import { grantIn } from '@/lib/budget/grant/schema';
import { reader } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, minutes, plus, toIso } from '@/lib/kernel/instant';
import { expireHolds } from '@/lib/spend/hold/expire';
import { liftStop } from '@/lib/stop/lift';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { DOLLAR, decided, expectTrue, made, openStops, read, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { approveGrant } from './approve';
import { askForGrant } from './ask';
import { endExpiredGrants, endGrant } from './end';
import { ByHand, type Granted, type Said, spentOf } from './testing/pools';

useDatabase();

const which = fc.nat(6);
const feature = fc.constantFrom('chat', 'images');
const step = fc.oneof(
  // gpt-4o: $2.50 and $10 a million. Bounds of a cent, of a dime and a half: the last is no ordinary call of a budget of $10.
  { weight: 9, arbitrary: fc.record({ do: fc.constant('ask' as const), feature, output: fc.constantFrom(500, 4_000, 15_000) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('settle' as const), which, output: fc.constantFrom(0, 300, 4_000, 20_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('report' as const), feature, cents: fc.constantFrom(1, 5, 20) }) },
  { weight: 3, arbitrary: fc.constant({ do: 'lift' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ do: fc.constant('grant' as const), feature: fc.option(feature, { nil: null }), cents: fc.constantFrom(3, 10, 25, 60) },
      ...{ lasts: fc.constantFrom(15, 120), approved: fc.boolean() },
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('approve' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 12) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

type World = { org: TestOrg; id: string; now: Instant; hand: ByHand };

const CENT = DOLLAR / 100n;
const cost = (output: number): bigint => 1_000n * 2_500n + BigInt(output) * 10_000n;
const at = <T>(list: T[], i: number): T | undefined => list[i % Math.max(1, list.length)];
/** The code of what a verb refuses; null where it does it. */
const refusedAs = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof Fault) return error.code;
      throw error;
    },
  );

async function ask({ org, now, hand }: World, s: Extract<Step, { do: 'ask' }>): Promise<void> {
  const request = anAsk({ feature: s.feature, maxUnits: { input: 1_000, output: s.output } });
  const said = await decided(org, { kind: 'authorize', request }, now);
  const byHand = hand.ask(said.holdId ?? '', cost(s.output), s.feature, now, plus(now, minutes(10)));
  expect<Said>((said.decision === 'allow' ? 'allow' : said.reason) as Said).toBe(byHand);
}

async function approve({ org, now, hand }: World, grant: Granted): Promise<void> {
  const wanted =
    grant.state !== 'asked'
      ? 'grant.not_asked'
      : grant.expiresAt <= now
        ? 'grant.expired'
        : grant.size > hand.reserveLeft
          ? 'grant.over_reserve'
          : null;
  expect(await refusedAs(org.run((ctx) => approveGrant(ctx, grant.id), now, 'analyst'))).toBe(wanted);
  if (wanted === null) grant.state = 'open';
}

async function grant(world: World, s: Extract<Step, { do: 'grant' }>): Promise<void> {
  const { org, id, now, hand } = world;
  const expiresAt = plus(now, minutes(s.lasts));
  const size = BigInt(s.cents) * CENT;
  const scope = s.feature === null ? {} : { feature: s.feature };
  const input = grantIn.parse({ amount: `0.${String(s.cents).padStart(2, '0')}`, scope, reason: 'a demo', expiresAt: toIso(expiresAt) });
  let made = '';
  const asked = org.run((ctx) => askForGrant(ctx, { budgetId: id, ...input }), now, 'operator').then((out) => (made = out.id));
  expect(await refusedAs(asked)).toBe(size > hand.reserveLeft ? 'grant.over_reserve' : null);
  if (made === '') return;
  const one: Granted = { id: made, feature: s.feature, size, charged: 0n, held: 0n, expiresAt, state: 'asked' };
  hand.grants.push(one);
  if (s.approved) await approve(world, one);
}

async function take(world: World, s: Step): Promise<void> {
  const { org, now, hand } = world;
  const hold = 'which' in s ? at([...hand.holds.keys()].toReversed(), s.which) : undefined;
  const one = 'which' in s ? at(hand.grants, s.which) : undefined;
  if (s.do === 'ask') return ask(world, s);
  if (s.do === 'grant') return grant(world, s);
  if (s.do === 'approve' && one) return approve(world, one);
  if (s.do === 'settle' && hold) {
    const request = { holdId: hold, units: { input: 1_000, output: s.output } };
    if (await refusedAs(decided(org, { kind: 'settle', request: request as never }, now))) return;
    hand.settle(hold, cost(s.output));
  }
  if (s.do === 'release' && hold) {
    await refusedAs(decided(org, { kind: 'release', request: { holdId: hold } as never }, now));
    hand.release(hold);
  }
  if (s.do === 'report') {
    await spend(org, BigInt(s.cents) * CENT, { feature: s.feature }, now);
    hand.actual += BigInt(s.cents) * CENT;
    hand.stopIfSpent();
  }
  if (s.do === 'lift' && hand.stopped) {
    const [stop] = await openStops(org);
    const lifted = org.run((ctx) => liftStop(ctx, { stopId: stop?.id ?? '', why: 'there is room' }), now, 'operator');
    expect(await refusedAs(lifted)).toBe(hand.isSpent ? 'stop.no_room' : null);
    hand.stopped = hand.isSpent;
  }
  if (s.do === 'end' && one) {
    const isOver = one.state === 'ended';
    expect(await refusedAs(org.run((ctx) => endGrant(ctx, { id: one.id, reason: 'enough' }), now, 'operator'))).toBe(
      isOver ? 'grant.ended' : null,
    );
    if (!isOver) hand.end(one);
  }
  if (s.do === 'wait') {
    world.now = plus(now, minutes(s.minutes));
    await org.run(expireHolds, world.now);
    await org.run(endExpiredGrants, world.now);
    hand.expire(world.now);
  }
}

/** Every figure of the budget and of its grants, beside what they come to by hand. */
async function expectByHand({ org, id, now, hand }: World): Promise<void> {
  const { current } = await read(org, id, now);
  const { actualNanoUsd: actual, presumedNanoUsd: presumed, heldNanoUsd: held, grantedNanoUsd: granted } = current;
  expect({ actual, presumed, held, granted, stopped: current.stopId !== null }).toEqual({
    ...{ actual: String(hand.actual), presumed: String(hand.presumed), held: String(hand.held), granted: String(hand.granted) },
    stopped: hand.stopped,
  });
  const rows = await reader().query<{ id: string; state: string; spent: bigint; held: bigint }>(
    `SELECT id, state, least(amount_nano, charged_nano) AS spent, held_nano AS held FROM budget_grant WHERE org_id = $1 ORDER BY id`,
    [org.orgId],
  );
  expect(rows).toEqual(hand.grants.map((each) => ({ id: each.id, state: each.state, spent: spentOf(each), held: each.held })));
  const further = hand.charged + hand.held - hand.hardStop - hand.granted;
  const excess = current.excess.reduce((sum, each) => sum + BigInt(each.nanoUsd), 0n);
  expect(excess >= further).toBe(true);
}

it('grants come to the same by hand, in any order of asks, grants, lifts, ends and settlements', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 26 }), async (steps) => {
      const org = await anOrg();
      const { id } = await made(org);
      const hand = new ByHand(10n * DOLLAR, 95n * (DOLLAR / 10n));
      const world: World = { org, id, now: NOON, hand };
      await spend(org, 945n * CENT);
      hand.actual += 945n * CENT;
      for (const each of steps) {
        // Ids are in the order of their moments.
        world.now = plus(world.now, minutes(0.1));
        await take(world, each);
        await expectByHand(world);
      }
      await expectTrue(org);
    }),
    { numRuns: Number(process.env.GRANT_RUNS ?? 12), endOnFailure: process.env.GRANT_RUNS !== undefined },
  );
}, 600_000);
