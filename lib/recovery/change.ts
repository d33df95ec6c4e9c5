import { audit } from '@/lib/audit/write';
import { requireBudgetRight } from '@/lib/auth/rights';
import { recordCause } from '@/lib/breach/answer';
import { readBudgetRow } from '@/lib/budget/read/budgets';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { requireVersion } from '@/lib/http/etag';
import { parseInstant } from '@/lib/kernel/instant';
import { changePlan, lockPlan, readPlanRow } from './plan';
import type { PlanChange } from './schema';
import { addStep } from './step';

/**
 * Records the cause, the corrective action, or another deadline. Without the first two nothing resumes.
 * @throws Fault plan.not_found · plan.closed · etag.mismatch · budget.not_yours
 */
export async function changeRecovery(ctx: Context, input: { id: string; ifMatch: number | null; change: PlanChange }): Promise<void> {
  const seen = await readPlanRow(ctx, input.id);
  const budget = await readBudgetRow(ctx.tx, ctx.orgId, seen.budgetId);
  requireBudgetRight(ctx.actor, 'recovery.write', budget.ownerId);
  const plan = await lockPlan(ctx, input.id);
  requireVersion(plan.version, input.ifMatch);
  const { cause, correctiveAction, deadlineAt } = input.change;
  const said = { ...(cause === undefined ? {} : { cause }), ...(correctiveAction === undefined ? {} : { correctiveAction }) };
  const deadline = deadlineAt === undefined ? null : parseInstant(deadlineAt);
  const isSaid = Object.keys(said).length > 0;
  const change = { ...said, ...(isSaid ? { causeAt: ctx.now, causeBy: ctx.actor.id } : {}), ...(deadline ? { deadlineAt: deadline } : {}) };
  if (Object.keys(change).length === 0) return;
  await changePlan(ctx, plan, change);
  if (cause !== undefined) await recordCause(ctx, { breachId: plan.breachId, cause });
  const why = [cause && `Cause: ${cause}`, correctiveAction && `Corrective action: ${correctiveAction}`].filter(Boolean).join(' ');
  if (isSaid) await addStep(ctx, plan.id, { kind: 'cause', percent: plan.percent, targetNano: plan.target, why, byRule: false });
  const before = { cause: plan.cause, correctiveAction: plan.correctiveAction };
  await audit(ctx, 'plan.changed', { kind: 'recovery_plan', id: plan.id }, before, input.change);
  await tell(ctx, 'plan.changed', { kind: 'recovery_plan', id: plan.id, breachId: plan.breachId, budgetId: plan.budgetId });
}
