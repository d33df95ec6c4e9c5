import { audit } from '@/lib/audit/write';
import { requireBudgetRight } from '@/lib/auth/rights';
import { bumpBudgetSet } from '@/lib/budget/insert';
import { writeMeters } from '@/lib/budget/meter';
import { readBudget } from '@/lib/budget/read/budgets';
import type { BudgetOut } from '@/lib/budget/schema';
import { levelsChanged } from '@/lib/budget/threshold/firing';
import { readThresholds, replaceThresholds, thresholdView } from '@/lib/budget/threshold/rows';
import { stopLevel, wholeThresholds } from '@/lib/budget/threshold/rules';
import type { ThresholdsIn } from '@/lib/budget/threshold/schema';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { crossLevels } from '@/lib/spend/cross';
import { isCritical } from '@/lib/workload/adopt';
import { levelFaults } from './level-faults';
import { moveLimits, raiseIfSpent } from './move-limits';
import { openBudget } from './open-budget';

/**
 * Puts thresholds in the place of those a budget has: exactly one stop among them. A lower stop level takes effect at once; where
 * it raises a stop it needs `confirm`. Actions and whom to tell are kept with their level.
 * @throws Fault budget.not_found · budget.ended · etag.mismatch · budget.thresholds_invalid · threshold.unknown_member ·
 *   threshold.unknown_channel · budget.raises_stop · budget.not_yours
 */
export async function setThresholds(ctx: Context, input: { budgetId: string; ifMatch: number | null } & ThresholdsIn): Promise<BudgetOut> {
  const { budget, meters } = await openBudget(ctx, input.budgetId, input.ifMatch);
  requireBudgetRight(ctx.actor, 'threshold.write', budget.ownerId);
  const errors = levelFaults(input.items, budget.scope, budget.periodKind);
  if (errors[0]) throw new Fault('budget.thresholds_invalid', errors[0].detail, { errors });
  const items = wholeThresholds(input.items, await isCritical(ctx, budget.scope.workload));
  const before = await viewsOf(ctx, budget.id);
  await replaceThresholds(ctx, budget.id, items);
  await levelsChanged(ctx, budget.id, meters);
  await moveLimits(ctx, meters, null, stopLevel(items));
  await raiseIfSpent(ctx, budget.name, meters, 'amount_lowered', input.confirm);
  await crossLevels(ctx, meters);
  await writeMeters(ctx, meters);
  await ctx.tx.query('UPDATE budget SET version = version + 1 WHERE org_id = $1 AND id = $2', [ctx.orgId, budget.id]);
  await bumpBudgetSet(ctx);
  await audit(ctx, 'budget.thresholds_set', { kind: 'budget', id: budget.id }, before, await viewsOf(ctx, budget.id));
  return readBudget(ctx, budget.id);
}

const viewsOf = async (ctx: Context, budgetId: string) => (await readThresholds(ctx.tx, ctx.orgId, [budgetId])).map(thresholdView);
