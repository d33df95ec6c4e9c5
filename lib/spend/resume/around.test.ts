import { describe, expect, it } from 'vitest';
import { readBreachRow } from '@/lib/breach/row';
import { reader } from '@/lib/db';
import { hours, type Instant, parseInstant, plus } from '@/lib/kernel/instant';
import { listPlans } from '@/lib/recovery/read/plans';
import { readReport } from '@/lib/recovery/report/report';
import { endBudget } from '@/lib/spend/limit/end-budget';
import { anOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ask, DOLLAR, made, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { keepDays, watchRecoveries } from './run';
import { CALL, ready, resumed, START, seen, stopped } from './testing/recovering';

useDatabase();

const at = (iso: string) => parseInstant(iso) as Instant;

describe('a recovery and its budget', () => {
  it('end together: its report says why, its breach is closed, and no hourly allowance is left', async () => {
    const it = await ready();
    await resumed(it, 1);
    expect((await seen(it)).hourlyNanoUsd).not.toBeNull();
    const reason = 'The pilot is over.';
    await it.org.run((ctx) => endBudget(ctx, { id: it.budgetId, ifMatch: null, reason }), START);
    const plan = await seen(it, START);
    expect(plan).toMatchObject({ phase: 'closed', closedAt: expect.any(String), summary: 'The budget ended: The pilot is over.' });
    expect(await readReport(it.org.ctx(START), it.planId)).toMatchObject({ isFinal: true, summary: plan.summary });
    expect((await readBreachRow(it.org.ctx(START), it.breachId)).phase).toBe('closed');
    const left = await reader().query('SELECT FROM budget WHERE org_id = $1 AND stage_of IS NOT NULL AND ended_at IS NULL', [it.org.orgId]);
    expect(left).toHaveLength(0);
    expect(await ask(it.org, CALL, START)).toMatchObject({ decision: 'allow' });
  });

  it('end together while it is stopped too, and nothing is left for the watch', async () => {
    const it = await stopped();
    await it.org.run((ctx) => endBudget(ctx, { id: it.budgetId, ifMatch: null, reason: 'No need.' }), NOON);
    await watchRecoveries(plus(NOON, hours(1)));
    expect((await seen(it, NOON)).history.at(-1)).toMatchObject({ kind: 'close', byRule: true });
    expect((await listPlans(it.org.ctx(NOON), { limit: 10, state: 'open', budgetId: it.budgetId })).items).toEqual([]);
  });
});

describe('the daily entry', () => {
  it('daylight saving has its days: one of 23 hours is one entry, and each call is in its own', async () => {
    const began = at('2027-03-26T11:00:00Z');
    const org = await anOrg();
    const { id: budgetId } = await made(org, { thresholds: [{ at: 0.95, kind: 'stop', mustAnswer: true }] }, began);
    await spend(org, 95n * (DOLLAR / 10n), { at: began }, began);
    // The clocks of Berlin go from 02:00 to 03:00 on the 28th, which ends at 22:00 UTC.
    for (const [iso, dollars] of [
      ['2027-03-27T22:59:59Z', 1n],
      ['2027-03-27T23:00:00Z', 2n],
      ['2027-03-28T21:59:59Z', 4n],
      ['2027-03-28T22:00:00Z', 8n],
    ] as const)
      await spend(org, dollars * DOLLAR, { at: at(iso) }, at(iso));
    await keepDays(at('2027-03-29T22:30:00Z'));
    await keepDays(at('2027-03-30T00:30:00Z'));
    const [plan] = (await listPlans(org.ctx(began), { limit: 10, state: 'open', budgetId })).items;
    const rows = await reader().query(
      `SELECT date::text, correction, extract(epoch FROM ends_at - starts_at)::int / 3600 AS hours, (actual_nano / 1000000000)::int AS dollars
         FROM recovery_day WHERE org_id = $1 AND plan_id = $2 ORDER BY date, correction`,
      [org.orgId, plan?.id ?? ''],
    );
    expect(rows).toEqual([
      { date: '2027-03-27', correction: 0, hours: 24, dollars: 1 },
      { date: '2027-03-28', correction: 0, hours: 23, dollars: 6 },
      { date: '2027-03-29', correction: 0, hours: 24, dollars: 8 },
    ]);
  });
});
