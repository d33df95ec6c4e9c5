import { describe, expect, it } from 'vitest';
import { hours, type Instant, minus, parseInstant, plus } from '@/lib/kernel/instant';
import { anOrg } from '@/lib/testing/an-org';
import { ask, DOLLAR, decided, expectTrue, made, openStops, read, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';

useDatabase();

describe('making a budget', () => {
  it('sums what the ledger and open holds have for its scope in the running period, and nothing else', async () => {
    const org = await anOrg();
    await spend(org, 2n * DOLLAR);
    await spend(org, 5n * DOLLAR, { workload: 'other-bot' });
    await spend(org, 7n * DOLLAR, { at: parseInstant('2026-10-31T20:00:00Z') as Instant });
    await spend(org, DOLLAR, { basis: 'unpriced' });
    await ask(org);
    const { current, mode, thresholds } = await made(org);
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
    const { id } = await made(org);
    await decided(org, { kind: 'settle', request: { holdId, units: { input: 400, output: 100 } } });
    expect((await read(org, id)).current).toMatchObject({ heldNanoUsd: '0', actualNanoUsd: '2000000' });
    await expectTrue(org);
  });

  it('that is over its limit already says so: an excess nobody asked for, and its stop', async () => {
    const org = await anOrg();
    await spend(org, 12n * DOLLAR);
    const { current } = await made(org);
    expect(current.excess).toEqual([{ cause: 'unasked', nanoUsd: '2500000000' }]);
    expect(await openStops(org)).toMatchObject([{ id: current.stopId, cause: 'charged', observed: false, chargedUtilisation: 1.2 }]);
    expect(await ask(org)).toMatchObject({ decision: 'deny', reason: 'stopped' });
  });

  it('naming a workload adopts it, so that it leaves the budget of the unassigned ones', async () => {
    const org = await anOrg();
    await spend(org, DOLLAR);
    await made(org);
    const rows = await org.ctx().tx.query('SELECT adopted_at IS NOT NULL AS adopted FROM workload WHERE org_id = $1', [org.orgId]);
    expect(rows).toEqual([{ adopted: true }]);
  });

  it('every matching budget is charged', async () => {
    const org = await anOrg();
    const ids = [];
    for (const scope of [{}, { provider: 'openai' }, { tags: { env: 'prod' } }, { customer: 'acme' }, { tags: { env: 'prod', tier: 'a' } }])
      ids.push((await made(org, { scope })).id);
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
    await expect(made(org, part)).rejects.toMatchObject({ code });
  });

  it('runs between fixed dates', async () => {
    const org = await anOrg();
    await spend(org, DOLLAR);
    const period = { startsAt: '2026-11-20T00:00:00Z', endsAt: '2026-12-20T00:00:00Z' };
    const budget = await made(org, { period });
    expect(budget.period).toEqual(period);
    expect(budget.current).toMatchObject({ ...period, actualNanoUsd: '1000000000' });
  });

  it('of nothing admits nothing', async () => {
    const org = await anOrg();
    const { current } = await made(org, { amount: '0' });
    expect(current).toMatchObject({ utilisation: null, chargedUtilisation: null, pace: null, runwayAt: null });
    expect(await ask(org)).toMatchObject({ reason: 'stopped' });
  });
});

it('a record from a clock ahead of ours, booked before the budget was made, counts in its next period', async () => {
  const org = await anOrg();
  const midnight = parseInstant('2026-11-30T23:00:00Z') as Instant;
  const before = minus(midnight, hours(0.1));
  await spend(org, DOLLAR, { at: plus(midnight, hours(0.05)) }, before);
  const { id } = await made(org, {}, before);
  expect((await read(org, id, plus(midnight, hours(1)))).current.actualNanoUsd).toBe('1000000000');
  await expectTrue(org);
});
