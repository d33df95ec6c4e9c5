import { lockCurrent, type RatedMeter } from '@/lib/budget/current';
import { readBudgetRow } from '@/lib/budget/read/budgets';
import type { BudgetView } from '@/lib/budget/read/view';
import { freshBudgetSet, lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { requireVersion } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';

/** A budget taken alone to be changed, with the periods that a change of it reaches. */
export type OpenBudget = { budget: BudgetView; meters: RatedMeter[] };

/**
 * Takes a budget to change it: the set alone, the version that the caller has seen, then the running period (made where nobody has
 * needed it yet) and its figures.
 * @param ifMatch the version the caller has seen, null when it did not say
 * @throws Fault budget.not_found · budget.ended · etag.mismatch
 */
export async function openBudget(ctx: Context, id: string, ifMatch: number | null): Promise<OpenBudget> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const seen = await readBudgetRow(ctx.tx, ctx.orgId, id);
  if (seen.endedAt !== null) throw new Fault('budget.ended', `"${seen.name}" has ended and cannot be changed any more. Make another.`);
  requireVersion(seen.rowVersion, ifMatch);
  const set = await freshBudgetSet(ctx.tx, ctx.orgId);
  const budget = set.budgets.find((each) => each.id === id);
  const meters = budget ? await lockCurrent(ctx, set, budget) : [];
  // Making a period may have taken an announced amount over: read the row again.
  return { budget: await readBudgetRow(ctx.tx, ctx.orgId, id), meters };
}
