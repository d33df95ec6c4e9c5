import { describe, expect, it } from 'vitest';
import { listBudgets } from '@/lib/budget/read/budgets';
import { type BudgetChange, budgetChange } from '@/lib/budget/schema';
import { type Instant, minus, minutes, parseInstant, plus } from '@/lib/kernel/instant';
import { listStops } from '@/lib/stop/reads';
import { anOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ask, changed, DOLLAR, expectTrue, made, openStops, read, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { changeBudget } from './change-budget';
import { endBudget } from './end-budget';

useDatabase();

describe('changing a budget', () => {
  it('below what is charged needs a yes that names the stop, and then explains the excess', async () => {
    const org = await anOrg();
    await spend(org, 4n * DOLLAR);
    const { id } = await made(org);
    await expect(changed(org, id, { amount: '4.00' })).rejects.toMatchObject({
      code: 'budget.raises_stop',
      message: expect.stringContaining('"Support"'),
    });
    expect((await read(org, id)).amount).toBe('10.00');
    const { current } = await changed(org, id, { amount: '4', confirm: true });
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
    const { id } = await made(org);
    const later = await changed(org, id, { amount: '3.50', from: 'next_period' });
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
    const { id } = await made(org);
    await changed(org, id, { name: 'First' }, 1);
    await expect(changed(org, id, { name: 'Second' }, 1)).rejects.toMatchObject({ code: 'etag.mismatch' });
    expect(await read(org, id)).toMatchObject({ name: 'First', etag: '"2"' });
  });

  it('a scope cannot be edited', async () => {
    const org = await anOrg();
    const { id } = await made(org);
    await expect(changed(org, id, { scope: {} })).rejects.toMatchObject({ code: 'budget.scope_fixed' });
  });

  it('its owner may switch its mode, and nothing else; another owner may not even that', async () => {
    const org = await anOrg();
    const { id } = await made(org, { ownerId: org.members.budget_owner.actor.id });
    const other = await made(org);
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
    const { id } = await made(org, { mode: 'observe' });
    await spend(org, 9_499_000_000n);
    expect(await ask(org)).toMatchObject({ decision: 'allow', observed: { reason: 'stopped', budgetId: id } });
    await ask(org);
    const [seen] = await openStops(org);
    expect(seen).toMatchObject({ observed: true, cause: 'no_room' });
    await spend(org, DOLLAR);
    await expect(changed(org, id, { mode: 'enforce' })).rejects.toMatchObject({ code: 'budget.raises_stop' });
    const { current } = await changed(org, id, { mode: 'enforce', confirm: true });
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
    const { id } = await made(org);
    await changed(org, id, { mode: 'observe' });
    expect(await openStops(org)).toMatchObject([{ observed: true }]);
    expect(await ask(org)).toMatchObject({ decision: 'allow', observed: { reason: 'stopped' } });
    await changed(org, id, { mode: 'enforce', confirm: true });
    await expectTrue(org);
  });
});

describe('ending a budget', () => {
  it('leaves the two that every organisation keeps', async () => {
    const org = await anOrg();
    for (const { id, kind } of (await listBudgets(org.ctx(NOON), { limit: 10 })).items) {
      expect(['everything', 'unassigned']).toContain(kind);
      const ended = org.run((ctx) => endBudget(ctx, { id, ifMatch: null, reason: 'No need' }), NOON);
      await expect(ended).rejects.toMatchObject({ code: 'budget.whole_stays' });
    }
  });

  it('lifts its stop and lets calls pass', async () => {
    const org = await anOrg();
    await spend(org, 12n * DOLLAR);
    const { id } = await made(org);
    const ended = await org.run((ctx) => endBudget(ctx, { id, ifMatch: null, reason: 'The pilot is over' }), NOON);
    expect(ended).toMatchObject({ endedAt: '2026-11-24T12:00:00Z', current: { stopId: null } });
    expect(await ask(org)).toMatchObject({ decision: 'allow' });
    await expect(changed(org, id, { name: 'x' })).rejects.toMatchObject({ code: 'budget.ended' });
    await expectTrue(org);
  });
});

it('an amount for the next month counts there also where a clock running ahead has begun it', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  const december = parseInstant('2026-11-30T23:00:00Z') as Instant;
  const before = minus(december, minutes(2));
  await spend(org, DOLLAR, { at: plus(december, minutes(3)) }, before);
  await changed(org, id, { amount: '20', from: 'next_period' }, null, before);
  expect((await read(org, id, before)).current).toMatchObject({ amountNanoUsd: '10000000000' });
  expect((await read(org, id, december)).current).toMatchObject({ amountNanoUsd: '20000000000', actualNanoUsd: '1000000000' });
  await expectTrue(org);
});
