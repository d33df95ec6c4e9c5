import { audit } from '@/lib/audit/write';
import { closeBreach } from '@/lib/breach/phase';
import { endStage } from '@/lib/budget/stage/hold';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { changePlan, lockPlanOf, type PlanRow } from '../plan';
import { planView } from '../read/view';
import { reportOf } from '../report/report';
import type { PlanOut } from '../schema';
import { takePlan } from '../stage/resume';
import { addStep } from '../step';

/**
 * Closes a recovery once every exit criterion is met on live figures: its report is written, its breach is closed, and nothing holds
 * the budget to an hourly allowance any more. A new period closes nothing.
 * @throws Fault plan.not_found · plan.closed · plan.not_yet with what is missing · budget.not_yours
 */
export async function closeRecovery(ctx: Context, input: { id: string; summary: string }): Promise<void> {
  const plan = await takePlan(ctx, input.id);
  const view = await planView(ctx, plan);
  const missing = view.criteria.filter((each) => !each.met);
  if (missing.length > 0) {
    const errors = missing.map(({ key, detail }) => ({ pointer: '/criteria', code: `criterion.${key}`, detail }));
    throw new Fault('plan.not_yet', `Not yet: ${missing.map((each) => each.detail).join(' ')}`, { errors });
  }
  await close(ctx, plan, view, { summary: input.summary, byRule: false });
}

/**
 * Closes the open recovery of a budget that ends, if it has one: nothing is left to be recovered. Its criteria are asked no more, and
 * the report says so by its summary. @param why the reason the budget ended, a sentence
 */
export async function closeWithBudget(ctx: Context, budgetId: string, why: string): Promise<void> {
  const plan = await lockPlanOf(ctx, budgetId);
  if (plan === null) return;
  await close(ctx, plan, await planView(ctx, plan), { summary: `The budget ended: ${why}`, byRule: true });
}

async function close(ctx: Context, plan: PlanRow, view: PlanOut, how: { summary: string; byRule: boolean }): Promise<void> {
  const { summary, byRule } = how;
  if (plan.stageBudgetId !== null) await endStage(ctx, plan.stageBudgetId);
  await addStep(ctx, plan.id, { kind: 'close', percent: null, targetNano: plan.target, why: summary, byRule });
  const report = await reportOf(ctx, plan, view, { at: ctx.now, by: ctx.actor.name, summary });
  const closed = { phase: 'closed', percent: null, stageBudgetId: null, closedAt: ctx.now, closedBy: ctx.actor.id, summary } as const;
  await changePlan(ctx, plan, closed, report);
  await closeBreach(ctx, plan.breachId, summary);
  await audit(ctx, 'plan.closed', { kind: 'recovery_plan', id: plan.id }, { phase: plan.phase }, { summary });
  await tell(ctx, 'plan.closed', { kind: 'recovery_plan', id: plan.id, breachId: plan.breachId, budgetId: plan.budgetId });
}
