import { audit } from '@/lib/audit/write';
import { changeStage, endStage, openStage } from '@/lib/budget/stage/hold';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import type { NanoUsd } from '@/lib/kernel/money';
import { changePlan, type PlanRow } from '../plan';
import type { Percent, StepKind } from '../schema';
import { addStep } from '../step';
import { hourlyAllowance } from './rules';

type Next = {
  kind: StepKind;
  /** How much flows from now on; null for nothing. */
  percent: Percent | null;
  target: NanoUsd | null;
  why: string;
  byRule: boolean;
  /** Whether an hourly allowance holds it; calls of a plan without a stop flow as they did. */
  held: boolean;
  figures?: Record<string, unknown>;
};

/**
 * Changes what flows of a locked plan, from now on: the hidden budget that holds the step's allowance, the plan, and the step that says
 * who or which rule wanted it. With the budget set held alone.
 */
export async function setFlow(ctx: Context, plan: PlanRow, next: Next): Promise<PlanRow> {
  const stageBudgetId = await holdTo(ctx, plan, next);
  const isOtherStep = next.percent !== plan.percent;
  const changed = await changePlan(ctx, plan, {
    ...{ phase: next.percent === null ? 'stopped_again' : 'resuming', percent: next.percent, target: next.target, stageBudgetId },
    ...(isOtherStep ? { stageSince: ctx.now } : {}),
  });
  await writeStep(ctx, plan, next);
  return changed;
}

/** Writes down that nothing flows any more, without touching the hidden budget: for a crossing, which shares the budget set. */
export async function stopFlow(ctx: Context, plan: PlanRow, why: string): Promise<void> {
  await changePlan(ctx, plan, { phase: 'stopped_again', percent: null, stageBudgetId: null, stageSince: ctx.now });
  await writeStep(ctx, plan, { kind: 'abort', percent: null, target: plan.target, why, byRule: true, held: false });
}

async function holdTo(ctx: Context, plan: PlanRow, { percent, target, held }: Next): Promise<string | null> {
  const isHeld = percent !== null && held;
  if (!isHeld) {
    if (plan.stageBudgetId !== null) await endStage(ctx, plan.stageBudgetId);
    return null;
  }
  const allowance = hourlyAllowance(percent, target ?? (0n as NanoUsd));
  if (plan.stageBudgetId === null) return openStage(ctx, plan.budgetId, allowance);
  await changeStage(ctx, plan.stageBudgetId, allowance);
  return plan.stageBudgetId;
}

async function writeStep(ctx: Context, plan: PlanRow, { kind, percent, target, why, byRule, figures }: Next): Promise<void> {
  await addStep(ctx, plan.id, { kind, percent, targetNano: target, why, byRule, figures: figures ?? {} });
  const before = { percent: plan.percent, targetNanoUsdPerDay: plan.target };
  await audit(ctx, `plan.${kind}`, { kind: 'recovery_plan', id: plan.id }, before, { percent, targetNanoUsdPerDay: target, why, byRule });
  await tell(ctx, `plan.${kind}`, { kind: 'recovery_plan', id: plan.id, breachId: plan.breachId, budgetId: plan.budgetId, percent });
}
