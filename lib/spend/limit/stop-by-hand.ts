import { requireBudgetRight } from '@/lib/auth/rights';
import { isCurrent, lockCurrent } from '@/lib/budget/current';
import { writeMeters } from '@/lib/budget/meter';
import { readBudgetRow } from '@/lib/budget/read/budgets';
import { freshBudgetSet, lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { crossLevels } from '@/lib/spend/cross';
import { raiseStop } from '@/lib/stop/raise';
import { readStopRow, stopView } from '@/lib/stop/reads';
import type { StopOut } from '@/lib/stop/schema';

/**
 * Stops a budget because a person says so: from the commit on no paid call of its scope is let pass.
 * @throws Fault budget.not_found · budget.ended · budget.observes · budget.no_period · stop.open_already · budget.not_yours
 */
export async function stopByHand(ctx: Context, input: { budgetId: string; reason: string }): Promise<StopOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const row = await readBudgetRow(ctx.tx, ctx.orgId, input.budgetId);
  requireBudgetRight(ctx.actor, 'stop.write', row.ownerId);
  if (row.endedAt !== null) throw new Fault('budget.ended', `"${row.name}" has ended: it stops nothing any more.`);
  if (!row.enforcing) throw new Fault('budget.observes', `"${row.name}" observes and refuses nothing. Let it enforce first, then stop it.`);
  const set = await freshBudgetSet(ctx.tx, ctx.orgId);
  const budget = set.budgets.find((each) => each.id === row.id);
  const m = budget && (await lockCurrent(ctx, set, budget)).find((each) => isCurrent(each, ctx.now));
  if (!m) throw new Fault('budget.no_period', `"${row.name}" does not run now. Stop it between its dates.`);
  if (m.stopId !== null) throw new Fault('stop.open_already', `"${row.name}" is stopped already.`);
  const id = await raiseStop(ctx, m, 'by_hand', input.reason);
  await crossLevels(ctx, [m]);
  await writeMeters(ctx, [m]);
  return stopView(await readStopRow(ctx, id));
}
