import type { Context } from '@/lib/context';
import { lockPlanOf } from './plan';
import { stopFlow } from './stage/flow';

/**
 * A budget in recovery was stopped again: its plan is back at nothing, in the transaction that raised the stop. The hidden budget of
 * its step ends later: nothing passes the stop meanwhile.
 */
export async function stoppedAgain(ctx: Context, budgetId: string): Promise<void> {
  const plan = await lockPlanOf(ctx, budgetId);
  if (!plan || plan.percent === null) return;
  await stopFlow(ctx, plan, plan.stageBudgetId === null ? 'The budget was stopped.' : 'The budget was stopped again.');
}
