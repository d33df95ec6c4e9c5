import fc from 'fast-check';
import { expect, it } from 'vitest';
import { budgetChange, budgetIn } from '@/lib/budget/schema';
import type { Caller } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { hours, type Instant, minus, minutes, plus, toIso } from '@/lib/kernel/instant';
import { priceIn } from '@/lib/price/schema';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { useDatabase } from '@/scripts/testing/database';
import { decideTogether } from './decide/group-commit';
import type { Op } from './decide/ops';
import { expireHolds } from './hold/expire';
import { ingestUsage } from './ingest/ingest';
import { changeBudget } from './limit/change-budget';
import { endBudget } from './limit/end-budget';
import { makeBudget } from './limit/make-budget';
import { changeWorkload } from './limit/workloads';
import { recomputePeriods } from './recompute';
import { setPrices } from './reprice/set-prices';

useDatabase();

const which = fc.nat(11);
/** `own/new` has no price until somebody sets one. */
const model = fc.constantFrom('openai/gpt-4o', 'openai/gpt-4o-mini', 'own/new');
const workload = fc.constantFrom('a', 'b');
const output = fc.nat(30_000);
const responseId = fc.constantFrom(undefined, undefined, 'r-1', 'r-2', 'r-3');
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('ask' as const), workload, model, output, minOutput: fc.constantFrom(undefined, 1) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('settle' as const), which, output, model: fc.option(model, { nil: undefined }), responseId }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      workload,
      model,
      output,
      responseId,
      ago: fc.nat(1_500),
      holds: fc.boolean(),
      which,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 11, 700) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      which,
      mode: fc.constantFrom('enforce', 'observe'),
      amount: fc.constantFrom('0.3', '1', '4'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('adopt' as const), workload, team: fc.constantFrom('red', 'blue') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('price' as const), nano: fc.constantFrom('1000000', '9000000000') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('make' as const),
      workload,
      period: fc.constantFrom('day', 'month'),
      mode: fc.constantFrom('enforce', 'observe'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), which }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type World = { org: TestOrg; now: Instant; budgets: string[]; holds: { id: string; workload: string }[]; sent: number };

const named = (text: string) => ({ provider: text.split('/')[0] as string, model: text.split('/')[1] as string });
const at = <T>(list: T[], i: number): T | undefined => list[i % Math.max(1, list.length)];

async function decide(world: World, op: Pick<Op, 'kind' | 'request'>): Promise<Record<string, unknown>> {
  const by = { keyId: world.org.keys['spend:authorize'].id, pins: { tags: {} } };
  const [outcome] = await decideTogether(world.org.orgId, [{ ...by, ...op } as Op], world.now);
  return outcome && 'answer' in outcome ? outcome.answer : {};
}

async function report(world: World, s: Extract<Step, { kind: 'report' }>): Promise<void> {
  const { org, now } = world;
  const hold = s.holds ? at(world.holds, s.which) : undefined;
  const scopes: ['usage:write'] = ['usage:write'];
  const caller: Caller = {
    ...{ orgId: org.orgId, requestId: 'test' },
    actor: { kind: 'api_key', id: org.keys['usage:write'].id, name: 'test', scopes, pins: { tags: {} } },
  };
  const record = {
    ...{ eventId: `e-${++world.sent}`, occurredAt: toIso(minus(now, minutes(s.ago - 5))), workload: hold?.workload ?? s.workload },
    ...{ ...named(s.model), units: { input: 100, output: s.output }, responseId: s.responseId, holdId: hold?.id },
  };
  await ingestUsage(caller, [record], 'api', now);
}

async function take(world: World, s: Step): Promise<void> {
  const { org, now } = world;
  const id = 'which' in s ? at(world.budgets, s.which) : undefined;
  const hold = 'which' in s ? at(world.holds, s.which) : undefined;
  switch (s.kind) {
    case 'ask': {
      const request = anAsk({
        workload: s.workload,
        ...named(s.model),
        maxUnits: { input: 100, output: s.output },
        minOutput: s.minOutput,
      });
      const answer = await decide(world, { kind: 'authorize', request });
      if (answer.decision === 'allow') world.holds.push({ id: String(answer.holdId), workload: s.workload });
      return;
    }
    case 'settle': {
      const said = { ...(s.model ? named(s.model) : {}), units: { input: 100, output: s.output }, responseId: s.responseId };
      if (hold) await decide(world, { kind: 'settle', request: { holdId: hold.id, ...said } });
      return;
    }
    case 'report':
      return report(world, s);
    case 'release':
      if (hold) await decide(world, { kind: 'release', request: { holdId: hold.id } });
      return;
    case 'wait':
      world.now = plus(now, minutes(s.minutes));
      await org.run(expireHolds, world.now);
      return;
    case 'change': {
      const change = budgetChange.parse({ mode: s.mode, amount: s.amount, confirm: true });
      if (id) await org.run((ctx) => changeBudget(ctx, { id, ifMatch: null, change }), now);
      return;
    }
    case 'adopt':
      await org.run((ctx) => changeWorkload(ctx, { slug: s.workload, ifMatch: null, change: { adopted: true, team: s.team } }), now);
      return;
    case 'price': {
      const prices = ['input', 'output'].map((unit) => priceIn.parse({ provider: 'own', model: 'new', unit, nanoUsdPerMillion: s.nano }));
      await org.run((ctx) => setPrices(ctx, prices, true), now);
      return;
    }
    case 'make': {
      const input = budgetIn.parse({
        name: 'b',
        scope: { workload: s.workload },
        mode: s.mode,
        amount: '1',
        period: s.period,
        onUnpriced: 'allow',
      });
      world.budgets.push((await org.run((ctx) => makeBudget(ctx, input), now)).id);
      return;
    }
    case 'end':
      if (id) await org.run((ctx) => endBudget(ctx, { id, ifMatch: null, reason: 'Over' }), now);
  }
}

/** What must hold at every commit, in SQL over the kept rows: overshoot explained, spent budgets stopped, no stop for holds alone. */
const WRONG = `
  SELECT 'unexplained' AS what, p.id FROM budget_period p WHERE p.org_id = $1 AND p.enforcing
     AND p.actual_nano + p.presumed_nano + p.unpriced_upper_nano + p.held_nano - p.hard_stop_nano - p.granted_nano > p.excess_nano
  UNION ALL SELECT 'not stopped', p.id FROM budget_period p JOIN budget b ON b.org_id = p.org_id AND b.id = p.budget_id
   WHERE p.org_id = $1 AND p.enforcing AND b.ended_at IS NULL AND p.starts_at <= $2 AND p.ends_at > $2
     AND p.actual_nano + p.presumed_nano + p.unpriced_upper_nano >= p.hard_stop_nano + p.granted_nano
     AND NOT EXISTS (SELECT FROM stop s WHERE s.org_id = p.org_id AND s.budget_id = p.budget_id AND s.lifted_at IS NULL)
  UNION ALL SELECT 'stopped by holds', s.id FROM stop s WHERE s.org_id = $1 AND s.cause <> 'by_hand' AND NOT s.observed
     AND (s.figures ->> 'chargedNanoUsd')::int8 + (s.figures ->> 'amountNanoUsd')::int8 / 100 + 1 < (s.figures ->> 'limitNanoUsd')::int8
  UNION ALL SELECT 'stop of an ended budget', s.id FROM stop s JOIN budget b ON b.org_id = s.org_id AND b.id = s.budget_id
   WHERE s.org_id = $1 AND s.lifted_at IS NULL AND b.ended_at IS NOT NULL
  UNION ALL SELECT 'above by an allow', x.id FROM excess x WHERE x.org_id = $1
     AND x.cause NOT IN ('overrun', 'unasked', 'repriced', 'limit_lowered')
  UNION ALL SELECT 'observed past charged', p.id FROM budget_period p WHERE p.org_id = $1
     AND p.observed_charged_nano > p.actual_nano + p.presumed_nano + p.unpriced_upper_nano`;

it('every figure is its rows, after whatever step', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 45 }), async (steps) => {
      const org = await anOrg();
      const standing = await reader().query<{ id: string }>('SELECT id FROM budget WHERE org_id = $1 ORDER BY id', [org.orgId]);
      const world: World = { org, now: minus(NOON, hours(30)), budgets: standing.map((each) => each.id), holds: [], sent: 0 };
      await take(world, { kind: 'make', workload: 'a', period: 'day', mode: 'enforce' });
      for (const [i, each] of steps.entries()) {
        await take(world, each).catch((error: unknown) => {
          // What the caller did wrong changes nothing.
          if (!(error instanceof Fault)) throw error;
        });
        const seen = `after step ${i}, ${JSON.stringify(each)}`;
        expect(await transaction((tx) => recomputePeriods(tx, org.orgId)), seen).toEqual([]);
        expect(await reader().query(WRONG, [org.orgId, toIso(world.now)]), seen).toEqual([]);
      }
    }),
    { numRuns: Number(process.env.FIGURE_RUNS ?? 12) },
  );
}, 600_000);
