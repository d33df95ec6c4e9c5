import { requireBudgetRight } from '@/lib/auth/rights';
import { setPhase } from '@/lib/breach/phase';
import { readBudgetRow } from '@/lib/budget/read/budgets';
import { lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { liftStop } from '@/lib/stop/lift';
import { isOutdated, setTarget } from '../money/answer';
import { targetFor } from '../money/target';
import { lockPlan, type PlanRow, readPlanRow } from '../plan';
import { readLive } from '../read/live';
import type { Percent } from '../schema';
import { stepsOf } from '../step';
import { setFlow } from './flow';
import { gateFacts } from './gate';
import { gateOf, nextPercent, percentBefore } from './rules';

/**
 * Takes a plan to a step: the next one when its gate passes on live figures, or back to an earlier one. The first lifts the stop; from
 * then on each hour lets through `percent × target ÷ 24` and no more. Without room nothing resumes.
 * @throws Fault plan.not_found · plan.closed · plan.already_there · stop.no_room · stop.gate_closed · budget.not_yours
 */
export async function resume(ctx: Context, input: { id: string; percent: Percent; why: string }): Promise<void> {
  const plan = await takePlan(ctx, input.id);
  if (plan.percent !== null && plan.stageBudgetId === null)
    throw new Fault('plan.already_there', 'Nothing holds this budget back: there is nothing to resume.');
  if (plan.percent === input.percent) throw new Fault('plan.already_there', `It flows at ${input.percent} % already.`);
  if (plan.percent !== null && input.percent < plan.percent) {
    const back = { kind: 'step_back', percent: input.percent, target: plan.target, why: input.why, byRule: false, held: true } as const;
    await setFlow(ctx, plan, back);
    return;
  }
  await stepUp(ctx, plan, { percent: input.percent, why: input.why, byRule: false });
}

/** Locks what a change of flow needs, and sees that the actor may. */
export async function takePlan(ctx: Context, id: string): Promise<PlanRow> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const { budgetId } = await readPlanRow(ctx, id);
  const budget = await readBudgetRow(ctx.tx, ctx.orgId, budgetId);
  requireBudgetRight(ctx.actor, 'recovery.write', budget.ownerId);
  return lockPlan(ctx, id);
}

/** Opens the next step of a locked plan. With the budget set held alone. @throws Fault stop.no_room · stop.gate_closed */
export async function stepUp(ctx: Context, seen: PlanRow, to: { percent: Percent; why: string; byRule: boolean }): Promise<void> {
  const next = nextPercent(seen.percent);
  if (to.percent !== next) throw new Fault('stop.gate_closed', `Spend resumes step by step: the next one is ${next} %.`);
  const live = await readLive(ctx, seen);
  const gate = gateOf(to.percent, await gateFacts(ctx, seen, live, await stepsOf(ctx, seen.id)));
  const closed = gate.checks.filter((each) => !each.passed);
  if (closed.some((each) => each.key === 'room')) throw new Fault('stop.no_room', closed.find((each) => each.key === 'room')?.detail ?? '');
  if (!gate.passed) {
    const errors = closed.map(({ key, detail }) => ({ pointer: '/percent', code: `gate.${key}`, detail }));
    throw new Fault('stop.gate_closed', closed.map((each) => each.detail).join(' '), { errors });
  }
  const target = await targetFor(ctx, seen, live);
  const plan = isOutdated(seen, target) ? await setTarget(ctx, seen, live, 'Made anew from the room there is.', true) : seen;
  const { stopId } = live.period;
  await setFlow(ctx, plan, { kind: 'resume', target: plan.target, held: true, ...to });
  if (stopId !== null) await liftStop(ctx, { stopId, why: to.why });
  await setPhase(ctx, plan.breachId, 'recovering', `Spend resumes at ${to.percent} %.`);
}

/** Steps back one, because a person says so. @throws Fault plan.not_found · plan.closed · plan.first_step · budget.not_yours */
export async function stepBackByHand(ctx: Context, input: { id: string; why: string }): Promise<void> {
  await stepBack(ctx, await takePlan(ctx, input.id), input.why, false);
}

/** Steps back one, because a person or a rule says so; from the first step there is only to abort. @throws Fault plan.first_step */
export async function stepBack(ctx: Context, plan: PlanRow, why: string, byRule: boolean): Promise<void> {
  const percent = plan.percent === null ? null : percentBefore(plan.percent);
  if (percent === null) throw new Fault('plan.first_step', 'There is no step before this one. Abort it to let nothing flow.');
  await setFlow(ctx, plan, { kind: 'step_back', percent, target: plan.target, why, byRule, held: true });
}
