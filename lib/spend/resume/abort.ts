import { isCurrent, lockCurrent } from '@/lib/budget/current';
import { writeMeters } from '@/lib/budget/meter';
import { freshBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import type { PlanRow } from '@/lib/recovery/plan';
import { setFlow } from '@/lib/recovery/stage/flow';
import { takePlan } from '@/lib/recovery/stage/resume';
import { crossLevels } from '@/lib/spend/cross';
import { raiseStop } from '@/lib/stop/raise';

/**
 * Aborts a recovery: the budget is stopped again at once, nothing flows any more, and its breach is announced anew.
 * @throws Fault plan.not_found · plan.closed · plan.not_resuming · budget.not_yours
 */
export async function abortRecovery(ctx: Context, input: { id: string; why: string }): Promise<void> {
  const plan = await takePlan(ctx, input.id);
  if (plan.percent === null) throw new Fault('plan.not_resuming', 'Nothing flows: there is nothing to abort.');
  await abort(ctx, plan, input.why, false);
}

/** With the budget set held alone and the plan locked. */
export async function abort(ctx: Context, plan: PlanRow, why: string, byRule: boolean): Promise<void> {
  const set = await freshBudgetSet(ctx.tx, ctx.orgId);
  const budget = set.budgets.find((each) => each.id === plan.budgetId);
  const meters = budget ? await lockCurrent(ctx, set, budget) : [];
  const m = meters.find((each) => isCurrent(each, ctx.now));
  await setFlow(ctx, plan, { kind: 'abort', percent: null, target: plan.target, why, byRule, held: false });
  if (m && m.stopId === null) await raiseStop(ctx, m, 'resume_aborted', why);
  await crossLevels(ctx, meters);
  await writeMeters(ctx, meters);
}
