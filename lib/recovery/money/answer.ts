import { audit } from '@/lib/audit/write';
import { requireBudgetRight } from '@/lib/auth/rights';
import { readBudgetRow } from '@/lib/budget/read/budgets';
import { lockBudgetSet } from '@/lib/budget/set';
import { changeStage } from '@/lib/budget/stage/hold';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { formatMoney } from '@/lib/kernel/format-money';
import { changePlan, lockPlan, type PlanRow, readPlanRow } from '../plan';
import { type Live, readLive } from '../read/live';
import type { Room } from '../schema';
import { hourlyAllowance } from '../stage/rules';
import { addStep } from '../step';
import { targetFor } from './target';

const WORDS: Record<Room, string> = {
  wait: 'The money comes from the next period.',
  raise: 'The money comes from a larger amount.',
  grant: 'The money comes from a grant out of the reserve.',
};

/**
 * Answers a plan's first question: where the money comes from. The daily target follows from the answer; it may be given anew.
 * Raising the amount and granting are acts of their own: the answer only says what is counted on.
 * @throws Fault plan.not_found · plan.closed · plan.no_next_period · budget.not_yours
 */
export async function answerRoom(ctx: Context, input: { id: string; room: Room }): Promise<void> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const { budgetId } = await readPlanRow(ctx, input.id);
  const budget = await readBudgetRow(ctx.tx, ctx.orgId, budgetId);
  requireBudgetRight(ctx.actor, 'recovery.write', budget.ownerId);
  if (input.room === 'wait' && budget.periodKind === null)
    throw new Fault('plan.no_next_period', 'A budget of fixed dates has no next period. Raise its amount, or get a grant.');
  const plan = await lockPlan(ctx, input.id);
  const live = await readLive(ctx, plan);
  const answered = await changePlan(ctx, plan, { room: input.room, roomAt: ctx.now, roomBy: ctx.actor.id });
  await setTarget(ctx, answered, live, WORDS[input.room], false);
  await audit(ctx, 'plan.room', { kind: 'recovery_plan', id: plan.id }, { room: plan.room }, { room: input.room });
  await tell(ctx, 'plan.room', { kind: 'recovery_plan', id: plan.id, breachId: plan.breachId, budgetId: plan.budgetId });
}

/** Makes the target of a locked plan anew, and holds the step that runs to it. With the budget set held alone. */
export async function setTarget(ctx: Context, plan: PlanRow, live: Live, why: string, byRule: boolean): Promise<PlanRow> {
  const next = await targetFor(ctx, plan, live);
  const { target, targetLimit, targetPeriodId } = next;
  const changed = await changePlan(ctx, plan, { target, targetLimit, targetPeriodId });
  if (plan.stageBudgetId !== null && plan.percent !== null)
    await changeStage(ctx, plan.stageBudgetId, hourlyAllowance(plan.percent, target));
  await addStep(ctx, plan.id, {
    ...{ kind: 'room', percent: plan.percent, targetNano: target, byRule },
    why: `${why} ${formatMoney(target)} a day.`,
    figures: { limitNanoUsd: String(targetLimit) },
  });
  return changed;
}

/** Whether the room that a target was made from is another by now: a new amount, a grant, a new period. */
export const isOutdated = (plan: PlanRow, next: { targetLimit: bigint; targetPeriodId: string | null }): boolean =>
  plan.target === null || plan.targetLimit !== next.targetLimit || plan.targetPeriodId !== next.targetPeriodId;
