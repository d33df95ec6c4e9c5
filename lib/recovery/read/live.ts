import { charged, type Figures, limit } from '@/lib/budget/figures';
import { outlooksOf } from '@/lib/budget/outlook/read';
import { calendarOf, currentPeriods, dataSince, readBudgetRow } from '@/lib/budget/read/budgets';
import type { BudgetView, PeriodView } from '@/lib/budget/read/view';
import { readStageHour, type StageHour } from '@/lib/budget/stage/hold';
import type { Context } from '@/lib/context';
import type { CalendarHistory } from '@/lib/kernel/calendar-history';
import { type NanoUsd, nanoUsd } from '@/lib/kernel/money';
import type { PlanRow } from '../plan';

/** Where the period's spend is going by its end; the upper edge is the median where there is no band yet. */
export type Expected = { median: NanoUsd; upper: NanoUsd };

/** A plan's budget as it stands now. */
export type Live = {
  budget: BudgetView;
  calendar: CalendarHistory;
  period: PeriodView & { id: string | null };
  room: NanoUsd;
  expected: Expected | null;
  hour: StageHour | null;
};

/** Room under the limit, negative when more is charged. */
export const roomOf = (f: Figures): NanoUsd => nanoUsd(limit(f) - charged(f));

/** Reads the live figures that gates, exits and screens go by. */
export async function readLive(ctx: Context, plan: PlanRow): Promise<Live> {
  const budget = await readBudgetRow(ctx.tx, ctx.orgId, plan.budgetId);
  const calendar = await calendarOf(ctx);
  const [period] = await currentPeriods(ctx, [budget]);
  if (!period) throw new Error(`budget ${budget.id} shows no period`);
  const [outlook] = await outlooksOf(ctx, [{ budget, period }], calendar, await dataSince(ctx));
  const end = outlook?.curve.at(-1);
  const hour = plan.stageBudgetId === null ? null : await readStageHour(ctx, plan.stageBudgetId, plan.stageSince);
  return {
    budget,
    calendar,
    period,
    room: roomOf(period),
    expected: end ? { median: end.median, upper: end.high ?? end.median } : null,
    hour,
  };
}
