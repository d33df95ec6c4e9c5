import fc from 'fast-check';
import { expect, it } from 'vitest';
import { budgetChange, budgetIn } from '@/lib/budget/schema';
import { reader, transaction } from '@/lib/db';
import { type Instant, minutes, plus } from '@/lib/kernel/instant';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { bookUsage } from '@/lib/testing/book-usage';
import { useDatabase } from '@/scripts/testing/database';
import { decideTogether } from './decide/group-commit';
import type { Op } from './decide/ops';
import { expireHolds } from './hold/expire';
import { changeBudget } from './limit/change-budget';
import { makeBudget } from './limit/make-budget';
import { setThresholds } from './limit/set-thresholds';
import { recomputePeriods } from './recompute';

useDatabase();

const SCOPES = [
  {},
  { workload: 'a' },
  { workload: 'b' },
  { provider: 'openai' },
  { customer: 'acme' },
  { tags: { env: 'prod' } },
  { workload: 'a', model: 'gpt-4o' },
];
const workload = fc.constantFrom('a', 'b');
const customer = fc.constantFrom('acme', 'globex');
const tags = fc.constantFrom<Record<string, string>[]>({}, { env: 'prod' });
const which = fc.nat(9);

const step = fc.oneof(
  fc.record({
    kind: fc.constant('book' as const),
    workload,
    customer,
    tags,
    basis: fc.constantFrom('priced', 'unpriced', 'stated'),
    nano: fc.bigInt(0n, 300_000_000n),
  }),
  fc.record({ kind: fc.constant('ask' as const), workload, customer, tags, output: fc.nat(20_000) }),
  fc.record({
    kind: fc.constant('settle' as const),
    which,
    output: fc.nat(25_000),
    model: fc.constantFrom(undefined, 'gpt-4o-mini', 'nobody-knows'),
  }),
  fc.record({ kind: fc.constant('release' as const), which }),
  fc.record({ kind: fc.constant('expire' as const), after: fc.nat(20) }),
  fc.record({
    kind: fc.constant('make' as const),
    scope: fc.constantFrom(...SCOPES),
    mode: fc.constantFrom('enforce', 'observe'),
    amount: fc.constantFrom('0.20', '1', '5'),
  }),
  fc.record({ kind: fc.constant('mode' as const), which, mode: fc.constantFrom('enforce' as const, 'observe' as const) }),
  fc.record({ kind: fc.constant('amount' as const), which, amount: fc.constantFrom('0.10', '0.50', '3') }),
  fc.record({ kind: fc.constant('level' as const), which, at: fc.constantFrom(0.5, 0.95, 1) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type World = { org: TestOrg; now: Instant; budgets: string[]; holds: string[] };

const pick = <T>(list: T[], i: number): T | undefined => list[i % Math.max(1, list.length)];

async function op(world: World, given: Op): Promise<Record<string, unknown>> {
  const [outcome] = await decideTogether(world.org.orgId, [given], world.now);
  if (!outcome) throw new Error('no outcome');
  // A hold that has ended, or was settled otherwise, is the caller's mistake and changes nothing.
  return 'fault' in outcome ? {} : outcome.answer;
}

async function take(world: World, s: Step): Promise<void> {
  const { org, now } = world;
  const by = { keyId: org.keys['spend:authorize'].id, pins: { tags: {} } };
  const id = 'which' in s ? pick(world.budgets, s.which) : undefined;
  const holdId = 'which' in s ? pick(world.holds, s.which) : undefined;
  switch (s.kind) {
    case 'book':
      await org.run((ctx) => bookUsage(ctx, [{ ...s, kind: 'usage', basis: s.basis as 'priced' }]), now);
      return;
    case 'ask': {
      const request = anAsk({ workload: s.workload, customer: s.customer, tags: s.tags, maxUnits: { input: 500, output: s.output } });
      const answer = await op(world, { ...by, kind: 'authorize', request });
      if (answer.decision === 'allow') world.holds.push(String(answer.holdId));
      return;
    }
    case 'settle':
      if (holdId) await op(world, { ...by, kind: 'settle', request: { holdId, units: { input: 500, output: s.output }, model: s.model } });
      return;
    case 'release':
      if (holdId) await op(world, { ...by, kind: 'release', request: { holdId } });
      return;
    case 'expire':
      world.now = plus(now, minutes(s.after));
      await org.run(expireHolds, world.now);
      return;
    case 'make':
      world.budgets.push(
        (
          await org.run(
            (ctx) => makeBudget(ctx, budgetIn.parse({ name: 'b', scope: s.scope, mode: s.mode, amount: s.amount, period: 'month' })),
            now,
          )
        ).id,
      );
      return;
    case 'mode':
      if (id)
        await org.run((ctx) => changeBudget(ctx, { id, ifMatch: null, change: budgetChange.parse({ mode: s.mode, confirm: true }) }), now);
      return;
    case 'amount':
      if (id)
        await org.run(
          (ctx) => changeBudget(ctx, { id, ifMatch: null, change: budgetChange.parse({ amount: s.amount, confirm: true }) }),
          now,
        );
      return;
    case 'level': {
      const items = [{ at: s.at, kind: 'stop' as const, actions: [], tell: [] }];
      if (id) await org.run((ctx) => setThresholds(ctx, { budgetId: id, ifMatch: null, items, confirm: true }), now);
      return;
    }
  }
}

it("a period's figures are what its rows say, whatever has happened", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const org = await anOrg();
      const standing = await reader().query<{ id: string }>('SELECT id FROM budget WHERE org_id = $1', [org.orgId]);
      expect(standing).toHaveLength(2);
      const world: World = { org, now: NOON, budgets: standing.map((each) => each.id), holds: [] };
      for (const each of steps) await take(world, each);
      expect(await transaction((tx) => recomputePeriods(tx, org.orgId))).toEqual([]);
      // Overshoot is always explained, and a stop is open wherever an enforcing budget has spent up to its limit.
      const wrong = await reader().query(
        `SELECT p.id FROM budget_period p WHERE p.org_id = $1 AND p.enforcing
            AND (p.actual_nano + p.presumed_nano + p.unpriced_upper_nano + p.held_nano - p.hard_stop_nano > p.excess_nano
              OR (p.actual_nano + p.presumed_nano + p.unpriced_upper_nano >= p.hard_stop_nano AND p.stop_id IS NULL))`,
        [org.orgId],
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 60_000);

it('a figure that was changed behind its rows is found', async () => {
  const org = await anOrg();
  const { id } = await org.run((ctx) => makeBudget(ctx, budgetIn.parse({ name: 'b', period: 'month', amount: '5' })), NOON);
  await org.run((ctx) => bookUsage(ctx, [{ nano: 1_000n }]), NOON);
  await reader().query('UPDATE budget_period SET actual_nano = actual_nano + 1 WHERE org_id = $1 AND budget_id = $2', [org.orgId, id]);
  const found = await transaction((tx) => recomputePeriods(tx, org.orgId));
  expect(found).toMatchObject([{ subject: 'period', figure: 'actual', kept: 1_001n, recomputed: 1_000n }]);
});
