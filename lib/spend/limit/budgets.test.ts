import { describe, expect, it } from 'vitest';
import { readBudget } from '@/lib/budget/read/budgets';
import { type BudgetChange, budgetChange, budgetIn } from '@/lib/budget/schema';
import { transaction } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import { hours, minus, parseInstant, plus } from '@/lib/kernel/instant';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import { recomputePeriods } from '@/lib/spend/recompute';
import { listStops } from '@/lib/stop/reads';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { bookUsage } from '@/lib/testing/book-usage';
import { useDatabase } from '@/scripts/testing/database';
import { changeBudget } from './change-budget';
import { endBudget } from './end-budget';
import { makeBudget } from './make-budget';

useDatabase();

const DOLLAR = 1_000_000_000n;
const aBudget = (part: Record<string, unknown> = {}) =>
  budgetIn.parse({ name: 'Support', scope: { workload: 'support-bot' }, period: 'month', amount: '10.00', ...part });
const make = (org: TestOrg, part: Record<string, unknown> = {}, now = NOON) => org.run((ctx) => makeBudget(ctx, aBudget(part)), now);
const spend = (org: TestOrg, nano: bigint, part: Record<string, unknown> = {}, now = NOON) =>
  org.run((ctx) => bookUsage(ctx, [{ nano, ...part }]), now);
const change = (org: TestOrg, id: string, given: Partial<BudgetChange>, ifMatch: number | null = null, now = NOON) =>
  org.run((ctx) => changeBudget(ctx, { id, ifMatch, change: budgetChange.parse(given) }), now);
const read = (org: TestOrg, id: string, now = NOON) => readBudget(org.ctx(now), id);
const ask = async (org: TestOrg, part: Parameters<typeof anAsk>[0] = {}, now = NOON) => {
  const ops = [{ kind: 'authorize' as const, keyId: org.keys['spend:authorize'].id, pins: { tags: {} }, request: anAsk(part) }];
  const [outcome] = await decideTogether(org.orgId, ops, now);
  if (!outcome || 'fault' in outcome) throw outcome?.fault ?? new Error('no outcome');
  return outcome.answer as Record<string, string>;
};
const openStops = async (org: TestOrg) => (await listStops(org.ctx(), { limit: 50, open: 'true' })).items;
const expectTrue = async (org: TestOrg) => expect(await transaction((tx) => recomputePeriods(tx, org.orgId))).toEqual([]);

describe('making a budget', () => {
  it('sums what the ledger and open holds have for its scope in the running period, and nothing else', async () => {
    const org = await anOrg();
    await spend(org, 2n * DOLLAR);
    await spend(org, 5n * DOLLAR, { workload: 'other-bot' });
    await spend(org, 7n * DOLLAR, { at: parseInstant('2026-10-31T20:00:00Z') as Instant });
    await spend(org, DOLLAR, { basis: 'unpriced' });
    await ask(org);
    const { current, mode, thresholds } = await make(org);
    expect(mode).toBe('enforce');
    expect(thresholds.map(({ kind, at }) => [kind, at])).toEqual([
      ['notify', 0.5],
      ['contain', 0.8],
      ['stop', 0.95],
    ]);
    expect(current).toMatchObject({
      ...{ actualNanoUsd: '2000000000', unpricedUpperNanoUsd: '1000000000', chargedNanoUsd: '3000000000', heldNanoUsd: '7500000' },
      ...{
        committedNanoUsd: '3007500000',
        hardStopNanoUsd: '9500000000',
        limitNanoUsd: '9500000000',
        utilisation: 0.2,
        chargedUtilisation: 0.3,
      },
      ...{ calls: 2, unpricedCalls: 1, stopId: null, excess: [], startsAt: '2026-10-31T23:00:00Z', endsAt: '2026-11-30T23:00:00Z' },
    });
    await expectTrue(org);
  });

  it('a hold given before the budget was made settles into it', async () => {
    const org = await anOrg();
    const { holdId = '' } = await ask(org);
    const { id } = await make(org);
    const request = { holdId, units: { input: 400, output: 100 } };
    await decideTogether(org.orgId, [{ kind: 'settle', keyId: org.keys['spend:authorize'].id, pins: { tags: {} }, request }], NOON);
    expect((await read(org, id)).current).toMatchObject({ heldNanoUsd: '0', actualNanoUsd: '2000000' });
    await expectTrue(org);
  });

  it('that is over its limit already says so: an excess nobody asked for, and its stop', async () => {
    const org = await anOrg();
    await spend(org, 12n * DOLLAR);
    const { current } = await make(org);
    expect(current.excess).toEqual([{ cause: 'unasked', nanoUsd: '2500000000' }]);
    expect(await openStops(org)).toMatchObject([{ id: current.stopId, cause: 'charged', observed: false, chargedUtilisation: 1.2 }]);
    expect(await ask(org)).toMatchObject({ decision: 'deny', reason: 'stopped' });
  });

  it('naming a workload adopts it, so that it leaves the budget of the unassigned ones', async () => {
    const org = await anOrg();
    await spend(org, DOLLAR);
    await make(org);
    const rows = await org.ctx().tx.query('SELECT adopted_at IS NOT NULL AS adopted FROM workload WHERE org_id = $1', [org.orgId]);
    expect(rows).toEqual([{ adopted: true }]);
  });

  it('every matching budget is charged', async () => {
    const org = await anOrg();
    const ids = [];
    for (const scope of [{}, { provider: 'openai' }, { tags: { env: 'prod' } }, { customer: 'acme' }, { tags: { env: 'prod', tier: 'a' } }])
      ids.push((await make(org, { scope })).id);
    await spend(org, DOLLAR, { tags: { env: 'prod' }, customer: 'acme' });
    const actual = await Promise.all(ids.map(async (id) => (await read(org, id)).current.actualNanoUsd));
    expect(actual).toEqual(['1000000000', '1000000000', '1000000000', '1000000000', '0']);
    await expectTrue(org);
  });

  it.each([
    ['a currency without a rate', { currency: 'EUR' }, 'currency.no_rate'],
    ['an amount past what fits', { amount: '1000000000.01' }, 'budget.amount_too_large'],
    [
      'two stop levels',
      {
        thresholds: [
          { at: 0.9, kind: 'stop' },
          { at: 0.95, kind: 'stop' },
        ],
      },
      'budget.thresholds_invalid',
    ],
    ['no stop level', { thresholds: [{ at: 0.9, kind: 'notify' }] }, 'budget.thresholds_invalid'],
    ['dates that are over', { period: { startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' } }, 'budget.period_over'],
    ['an owner from elsewhere', { ownerId: 'mem_x' }, 'member.unknown'],
    ['a policy that is not there', { escalationPolicyId: 'pol_x' }, 'escalation_policy.unknown'],
  ])('is refused with %s', async (_, part, code) => {
    const org = await anOrg();
    await expect(make(org, part)).rejects.toMatchObject({ code });
  });

  it('runs between fixed dates', async () => {
    const org = await anOrg();
    await spend(org, DOLLAR);
    const period = { startsAt: '2026-11-20T00:00:00Z', endsAt: '2026-12-20T00:00:00Z' };
    const made = await make(org, { period });
    expect(made.period).toEqual(period);
    expect(made.current).toMatchObject({ ...period, actualNanoUsd: '1000000000' });
  });

  it('of nothing admits nothing', async () => {
    const org = await anOrg();
    const { current } = await make(org, { amount: '0' });
    expect(current).toMatchObject({ utilisation: null, chargedUtilisation: null, pace: null, runwayAt: null });
    expect(await ask(org)).toMatchObject({ reason: 'stopped' });
  });
});

describe('changing a budget', () => {
  it('below what is charged needs a yes that names the stop, and then explains the excess', async () => {
    const org = await anOrg();
    await spend(org, 4n * DOLLAR);
    const { id } = await make(org);
    await expect(change(org, id, { amount: '4.00' })).rejects.toMatchObject({
      code: 'budget.raises_stop',
      message: expect.stringContaining('"Support"'),
    });
    expect((await read(org, id)).amount).toBe('10.00');
    const { current } = await change(org, id, { amount: '4', confirm: true });
    expect(current).toMatchObject({
      amountNanoUsd: '4000000000',
      hardStopNanoUsd: '3800000000',
      excess: [{ cause: 'limit_lowered', nanoUsd: '200000000' }],
    });
    expect(await openStops(org)).toMatchObject([{ id: current.stopId, cause: 'amount_lowered' }]);
    await expectTrue(org);
  });

  it('from the next period leaves this one as it is', async () => {
    const org = await anOrg();
    await spend(org, 4n * DOLLAR);
    const { id } = await make(org);
    const later = await change(org, id, { amount: '3.50', from: 'next_period' });
    expect(later).toMatchObject({ amount: '10.00', nextAmount: '3.50', current: { amountNanoUsd: '10000000000' } });
    const december = parseInstant('2026-12-02T12:00:00Z') as Instant;
    expect((await read(org, id, december)).current).toMatchObject({ amountNanoUsd: '3500000000', actualNanoUsd: '0' });
    await spend(org, DOLLAR, {}, december);
    expect(await read(org, id, december)).toMatchObject({
      amount: '3.50',
      nextAmount: null,
      current: { amountNanoUsd: '3500000000', actualNanoUsd: '1000000000' },
    });
  });

  it('two people edit at once: the second is told', async () => {
    const org = await anOrg();
    const { id } = await make(org);
    await change(org, id, { name: 'First' }, 1);
    await expect(change(org, id, { name: 'Second' }, 1)).rejects.toMatchObject({ code: 'etag.mismatch' });
    expect(await read(org, id)).toMatchObject({ name: 'First', etag: '"2"' });
  });

  it('a scope cannot be edited', async () => {
    const org = await anOrg();
    const { id } = await make(org);
    await expect(change(org, id, { scope: {} })).rejects.toMatchObject({ code: 'budget.scope_fixed' });
  });

  it('its owner may switch its mode, and nothing else; another owner may not even that', async () => {
    const org = await anOrg();
    const { id } = await make(org, { ownerId: org.members.budget_owner.actor.id });
    const other = await make(org);
    const as = (budget: string, given: Partial<BudgetChange>) =>
      org.run((ctx) => changeBudget(ctx, { id: budget, ifMatch: null, change: budgetChange.parse(given) }), NOON, 'budget_owner');
    expect(await as(id, { mode: 'observe' })).toMatchObject({ mode: 'observe' });
    await expect(as(id, { amount: '20' })).rejects.toMatchObject({ code: 'right.missing' });
    await expect(as(other.id, { mode: 'observe' })).rejects.toMatchObject({ code: 'budget.not_yours' });
  });
});

describe('observe and enforce', () => {
  it('observing lets everything pass; enforcing counts it all, after a yes, and raises the real stop', async () => {
    const org = await anOrg();
    const { id } = await make(org, { mode: 'observe' });
    await spend(org, 9_499_000_000n);
    expect(await ask(org)).toMatchObject({ decision: 'allow', observed: { reason: 'stopped', budgetId: id } });
    await ask(org);
    const [seen] = await openStops(org);
    expect(seen).toMatchObject({ observed: true, cause: 'no_room' });
    await spend(org, DOLLAR);
    await expect(change(org, id, { mode: 'enforce' })).rejects.toMatchObject({ code: 'budget.raises_stop' });
    const { current } = await change(org, id, { mode: 'enforce', confirm: true });
    expect(current).toMatchObject({ heldNanoUsd: '15000000', excess: [{ cause: 'limit_lowered', nanoUsd: '1014000000' }] });
    expect(await openStops(org)).toMatchObject([{ id: current.stopId, observed: false, cause: 'enforced' }]);
    const { items } = await listStops(org.ctx(), { limit: 5, open: 'false' });
    expect(items).toMatchObject([{ id: seen?.id, liftedBy: 'system', liftedWhy: 'The budget enforces now.' }]);
    expect(await ask(org)).toMatchObject({ decision: 'deny', reason: 'stopped' });
    await expectTrue(org);
  });

  it('switching back lifts the stop, and goes on deciding what it would do', async () => {
    const org = await anOrg();
    await spend(org, 12n * DOLLAR);
    const { id } = await make(org);
    await change(org, id, { mode: 'observe' });
    expect(await openStops(org)).toMatchObject([{ observed: true }]);
    expect(await ask(org)).toMatchObject({ decision: 'allow', observed: { reason: 'stopped' } });
    await change(org, id, { mode: 'enforce', confirm: true });
    await expectTrue(org);
  });
});

describe('ending a budget', () => {
  it('lifts its stop and lets calls pass', async () => {
    const org = await anOrg();
    await spend(org, 12n * DOLLAR);
    const { id } = await make(org);
    const ended = await org.run((ctx) => endBudget(ctx, { id, ifMatch: null, reason: 'The pilot is over' }), NOON);
    expect(ended).toMatchObject({ endedAt: '2026-11-24T12:00:00Z', current: { stopId: null } });
    expect(await ask(org)).toMatchObject({ decision: 'allow' });
    await expect(change(org, id, { name: 'x' })).rejects.toMatchObject({ code: 'budget.ended' });
    await expectTrue(org);
  });
});

it('a record from a clock ahead of ours, booked before the budget was made, counts in its next period', async () => {
  const org = await anOrg();
  const midnight = parseInstant('2026-11-30T23:00:00Z') as Instant;
  const before = minus(midnight, hours(0.1));
  await spend(org, DOLLAR, { at: plus(midnight, hours(0.05)) }, before);
  const { id } = await make(org, {}, before);
  expect((await read(org, id, plus(midnight, hours(1)))).current.actualNanoUsd).toBe('1000000000');
  await expectTrue(org);
});
