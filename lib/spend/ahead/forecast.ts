import { currentOutlooks, currentPeriods, readBudgetRow } from '@/lib/budget/read/budgets';
import type { BudgetView } from '@/lib/budget/read/view';
import { isNear } from '@/lib/budget/threshold/burn';
import type { Context } from '@/lib/context';
import { days, type Instant } from '@/lib/kernel/instant';
import { fireFound } from './fire';
import { lockWatched, watchedBudgets } from './watched';

/** A run rate of fewer whole days is no ground to wake anybody. */
const ENOUGH_DAYS = 3;

/**
 * Looks at the forecasts of an organisation's budgets: whether each reaches its limit within the days that a threshold names. A budget
 * that has reached it is stopped, and tells nobody that it will. @returns how many fired
 */
export async function watchForecasts(ctx: Context): Promise<number> {
  // Worked out before anything is locked: a forecast takes longer than a decision may wait.
  const runways = await runwaysOf(ctx, await watchedBudgets(ctx, 'forecast'));
  let fired = 0;
  for (const { meter, thresholds } of await lockWatched(ctx, 'forecast')) {
    const runwayAt = meter.stopId === null ? (runways.get(meter.budgetId) ?? null) : null;
    const found = thresholds.map((threshold) => {
      const within = threshold.withinDays ?? 0;
      const finding = `is expected to reach its limit within ${within === 1 ? 'a day' : `${within} days`}`;
      return { threshold, isMet: isNear(runwayAt, within, ctx.now), finding, window: days(within) };
    });
    fired += await fireFound(ctx, meter, found);
  }
  return fired;
}

async function runwaysOf(ctx: Context, budgetIds: string[]): Promise<Map<string, Instant | null>> {
  const budgets: BudgetView[] = [];
  for (const id of budgetIds) budgets.push(await readBudgetRow(ctx.tx, ctx.orgId, id));
  const outlooks = await currentOutlooks(ctx, budgets, await currentPeriods(ctx, budgets));
  return new Map(
    budgets.map((budget, i) => {
      const outlook = outlooks[i];
      return [budget.id, outlook && outlook.days >= ENOUGH_DAYS ? outlook.runway.at : null];
    }),
  );
}
