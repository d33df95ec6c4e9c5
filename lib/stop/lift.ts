import { requireBudgetRight } from '@/lib/auth/rights';
import { isSpent } from '@/lib/budget/admission';
import { isCurrent, lockCurrent } from '@/lib/budget/current';
import { limit } from '@/lib/budget/figures';
import { freshBudgetSet, lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { formatMoney } from '@/lib/kernel/format-money';
import { endStop } from './end';
import { readStopRow, stopView } from './reads';
import type { StopOut } from './schema';

/**
 * Lifts an open stop, once there is room: the first call after it would else raise it again.
 * @throws Fault stop.not_found · stop.not_open when it was lifted already · stop.no_room · budget.not_yours
 */
export async function liftStop(ctx: Context, input: { stopId: string; why: string }): Promise<StopOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const stop = await readStopRow(ctx, input.stopId);
  requireBudgetRight(ctx.actor, 'stop.write', stop.budgetOwnerId);
  if (stop.liftedAt !== null) throw new Fault('stop.not_open', `This stop has been lifted already: ${stop.liftedWhy}`);
  const set = await freshBudgetSet(ctx.tx, ctx.orgId);
  const budget = set.budgets.find((each) => each.id === stop.budgetId);
  const meters = budget ? await lockCurrent(ctx, set, budget) : [];
  const full = meters.find((m) => isCurrent(m, ctx.now) && isSpent(m));
  // A new day or week has lifted it while its period was being made.
  const now = await readStopRow(ctx, stop.id);
  if (now.liftedAt !== null) return stopView(now);
  if (full) {
    throw new Fault(
      'stop.no_room',
      `"${stop.budgetName}" has no room: what is charged has reached its limit of ${formatMoney(limit(full))}. Raise the amount, or wait for the next period.`,
    );
  }
  await endStop(ctx, stop.id, ctx.actor.id, input.why, meters);
  return stopView(await readStopRow(ctx, stop.id));
}
