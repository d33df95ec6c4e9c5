import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { days, minus, minutes } from '@/lib/kernel/instant';
import { localDay } from '@/lib/kernel/period';
import { wholeDays } from '../money/rules';
import { lockPlan, type PlanRow } from '../plan';
import { type Expected, readLive } from '../read/live';
import { stepsOf } from '../step';
import { type Judged, judgeDay } from './judge';
import { type DayRow, dayRows, insertDay, latestOf } from './rows';

/** What was on its way when the day ended is waited for this long; what comes later corrects. */
const SETTLING = minutes(15);
/** How far back late data corrects. */
const CORRECTED = days(14);

/**
 * Writes the entries of the local days that have ended since the plan opened, each once, and corrects those that late data has
 * changed by a new entry beside the old one. @returns how many were written
 */
export async function writeDays(ctx: Context, plan: PlanRow): Promise<number> {
  await lockPlan(ctx, plan.id);
  const live = await readLive(ctx, plan);
  const [rows, steps] = [await dayRows(ctx, plan.id), await stepsOf(ctx, plan.id)];
  const last = new Map(latestOf(rows).map((row) => [row.date, row]));
  let written = 0;
  for (const day of wholeDays(live.calendar, plan.openedAt, minus(ctx.now, SETTLING))) {
    const date = localDay(live.calendar, day.startsAt);
    const row = last.get(date);
    if (row && day.endsAt < minus(ctx.now, CORRECTED)) continue;
    const judged = await judgeDay(ctx, live, steps, day, day.endsAt, row && expectedOf(row));
    if (row && !differs(row, judged)) continue;
    if (await insertDay(ctx, plan.id, date, row ? row.correction + 1 : 0, judged)) written++;
  }
  if (written > 0) await tell(ctx, 'plan.day', { kind: 'recovery_plan', id: plan.id, breachId: plan.breachId, budgetId: plan.budgetId });
  return written;
}

/** The forecast is what was expected then: late data does not make another one of it. */
function expectedOf({ facts: { forecast } }: DayRow): Expected | null {
  return forecast && ({ median: BigInt(forecast.medianNanoUsd), upper: BigInt(forecast.upperNanoUsd) } as Expected);
}

const differs = (row: DayRow, now: Judged): boolean =>
  row.actual !== now.actual ||
  row.facts.chargedNanoUsd !== now.facts.chargedNanoUsd ||
  row.facts.calls !== now.facts.calls ||
  row.facts.unpricedCalls !== now.facts.unpricedCalls ||
  row.facts.staleSources.join() !== now.facts.staleSources.join();
