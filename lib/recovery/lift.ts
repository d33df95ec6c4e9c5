import { lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { liftStop } from '@/lib/stop/lift';
import { readStopRow, stopView } from '@/lib/stop/reads';
import type { StopOut } from '@/lib/stop/schema';
import { PERCENTS } from './schema';
import { resume } from './stage/resume';

/**
 * Lifts an open stop, where there is room. Where its budget has a recovery plan, spend resumes at the plan's first step and not at
 * full flow: what that step asks for must be there.
 * @throws Fault stop.not_found · stop.not_open · stop.no_room · stop.gate_closed · budget.not_yours
 */
export async function liftOnPlan(ctx: Context, input: { stopId: string; why: string }): Promise<StopOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const stop = await readStopRow(ctx, input.stopId);
  const [plan] = await ctx.tx.query<{ id: string }>(
    'SELECT id FROM recovery_plan WHERE org_id = $1 AND budget_id = $2 AND closed_at IS NULL AND stage_percent IS NULL',
    [ctx.orgId, stop.budgetId],
  );
  if (!plan || stop.liftedAt !== null) return liftStop(ctx, input);
  await resume(ctx, { id: plan.id, percent: PERCENTS[0], why: input.why });
  return stopView(await readStopRow(ctx, input.stopId));
}
