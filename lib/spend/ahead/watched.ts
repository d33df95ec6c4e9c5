import { lockMeters, type Meter } from '@/lib/budget/meter';
import { lockBudgetSet } from '@/lib/budget/set';
import { readThresholds, type ThresholdRow } from '@/lib/budget/threshold/rows';
import type { Context } from '@/lib/context';
import { reader } from '@/lib/db';
import { toIso } from '@/lib/kernel/instant';

/** A running period that is looked at, with those thresholds of its budget that look ahead. */
export type Watched = { meter: Meter; thresholds: ThresholdRow[] };

const AHEAD = '(t.burn OR t.within_days IS NOT NULL)';

/** The organisations with a budget whose thresholds look ahead. */
export const organisationsLookingAhead = async (): Promise<string[]> =>
  (await reader().query<{ id: string }>(`SELECT DISTINCT t.org_id AS id FROM threshold t WHERE ${AHEAD} ORDER BY 1`)).map((row) => row.id);

/** The running periods of an organisation's budgets that have a threshold of a kind: burn rates, or forecasts. */
async function watchedPeriods(ctx: Context, kind: 'burn' | 'forecast'): Promise<{ id: string; budgetId: string }[]> {
  return ctx.tx.query<{ id: string; budgetId: string }>(
    `SELECT p.id, p.budget_id AS "budgetId" FROM budget_period p JOIN budget b ON b.org_id = p.org_id AND b.id = p.budget_id
      WHERE p.org_id = $1 AND p.starts_at <= $2 AND p.ends_at > $2 AND NOT p.stage AND b.ended_at IS NULL AND EXISTS (
        SELECT FROM threshold t WHERE t.org_id = b.org_id AND t.budget_id = b.id AND CASE $3 WHEN 'burn' THEN t.burn ELSE t.within_days IS NOT NULL END)
      ORDER BY p.id`,
    [ctx.orgId, toIso(ctx.now), kind],
  );
}

/** The budgets whose running period is to be looked at. A period that nobody has needed yet has spent nothing. */
export const watchedBudgets = async (ctx: Context, kind: 'burn' | 'forecast'): Promise<string[]> =>
  (await watchedPeriods(ctx, kind)).map((each) => each.budgetId);

/** Locks the running periods to be looked at, with the thresholds that ask for it. */
export async function lockWatched(ctx: Context, kind: 'burn' | 'forecast'): Promise<Watched[]> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'shared');
  const rows = await watchedPeriods(ctx, kind);
  const thresholds = await readThresholds(
    ctx.tx,
    ctx.orgId,
    rows.map((row) => row.budgetId),
  );
  const wanted = thresholds.filter((each) => (kind === 'burn' ? each.burn : each.withinDays !== null));
  const meters = await lockMeters(
    ctx.tx,
    ctx.orgId,
    rows.map((row) => row.id),
  );
  return [...meters.values()].map((meter) => ({ meter, thresholds: wanted.filter((each) => each.budgetId === meter.budgetId) }));
}
