import { isSpent } from '@/lib/budget/admission';
import { lockBudgetSet } from '@/lib/budget/set';
import { endStage } from '@/lib/budget/stage/hold';
import type { Context } from '@/lib/context';
import { periodIn } from '@/lib/kernel/calendar-history';
import { Fault } from '@/lib/kernel/fault';
import type { Instant } from '@/lib/kernel/instant';
import { dayRows, latestOf } from '@/lib/recovery/day/rows';
import { spendIn } from '@/lib/recovery/day/spend';
import { isOutdated, setTarget } from '@/lib/recovery/money/answer';
import { targetFor } from '@/lib/recovery/money/target';
import { lockPlan, type PlanRow, readPlanRow } from '@/lib/recovery/plan';
import { type Live, readLive } from '@/lib/recovery/read/live';
import { setFlow } from '@/lib/recovery/stage/flow';
import { gateFacts } from '@/lib/recovery/stage/gate';
import { stepBack, stepUp } from '@/lib/recovery/stage/resume';
import { abortReason, allowanceOf, flowsIn, gateOf, isBurning, nextPercent, type WatchFacts } from '@/lib/recovery/stage/rules';
import { type Step, stepsOf } from '@/lib/recovery/step';
import { abort } from './abort';

/** What a look at a plan led to. */
export type Watched = 'nothing' | 'aborted' | 'stepped_back' | 'stepped_up' | 'lifted' | 'new_target';

/** The organisation's open plans, the longest open first. */
export const openPlans = async (ctx: Context): Promise<string[]> =>
  (
    await ctx.tx.query<{ id: string }>('SELECT id FROM recovery_plan WHERE org_id = $1 AND closed_at IS NULL ORDER BY opened_at, id', [
      ctx.orgId,
    ])
  ).map((row) => row.id);

/**
 * Looks at one open plan by live figures, and does what its rules say: abort, step back, open the next step where that needs no
 * person, make the target anew where there is other room. Nothing is locked while nothing is to be done.
 */
export async function watchPlan(ctx: Context, id: string): Promise<Watched> {
  const seen = await readPlanRow(ctx, id);
  if (seen.closedAt !== null) return 'nothing';
  const due = await dueOf(ctx, seen);
  if (due === 'nothing') return due;
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const plan = await lockPlan(ctx, id);
  // Someone may have acted while the lock was waited for: what was seen must still be so.
  const still = plan.version === seen.version ? due : await dueOf(ctx, plan);
  if (still === 'nothing') return still;
  return act(ctx, plan, still);
}

async function act(ctx: Context, plan: PlanRow, due: Exclude<Watched, 'nothing'>): Promise<Watched> {
  const live = await readLive(ctx, plan);
  if (due === 'aborted')
    await abort(ctx, plan, (await facts(ctx, plan, live, await stepsOf(ctx, plan.id))).reason ?? 'Stopped again.', true);
  if (due === 'stepped_back') await burn(ctx, plan);
  if (due === 'stepped_up')
    await stepUp(ctx, plan, { percent: nextPercent(plan.percent) ?? 100, why: 'Its gate passed on live figures.', byRule: true });
  if (due === 'new_target') await setTarget(ctx, plan, live, 'Made anew from the room there is.', true);
  if (due === 'lifted') {
    const { target } = await targetFor(ctx, plan, live);
    await setFlow(ctx, plan, {
      kind: 'lifted',
      percent: 100,
      target,
      why: 'Its stop is lifted: a new period began.',
      byRule: true,
      held: false,
    });
  }
  return due;
}

const BURN = 'Spend burns faster than this step lets it.';

/** Steps back one; at the first step there is none, so nothing flows. */
async function burn(ctx: Context, plan: PlanRow): Promise<void> {
  try {
    await stepBack(ctx, plan, BURN, true);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'plan.first_step') throw error;
    await abort(ctx, plan, BURN, true);
  }
}

async function dueOf(ctx: Context, plan: PlanRow): Promise<Watched> {
  const live = await readLive(ctx, plan);
  const { stopId } = live.period;
  if (live.budget.endedAt !== null) return 'nothing';
  if (plan.percent === null) {
    // A new day or week has lifted it; any other stop is lifted by the plan's first step.
    if (stopId === null && live.budget.enforcing && !isSpent(live.period)) return 'lifted';
    return plan.room !== null && isOutdated(plan, await targetFor(ctx, plan, live)) ? 'new_target' : 'nothing';
  }
  const steps = await stepsOf(ctx, plan.id);
  const { reason, isBurn } = await facts(ctx, plan, live, steps);
  if (reason !== null) return stopId !== null || plan.stageBudgetId !== null ? 'aborted' : 'nothing';
  if (isBurn) return 'stepped_back';
  const next = nextPercent(plan.percent);
  if (plan.stageBudgetId !== null && next !== null && next !== 100) {
    const gate = gateOf(next, await gateFacts(ctx, plan, live, steps));
    if (gate.passed && !gate.needsPerson) return 'stepped_up';
  }
  return isOutdated(plan, await targetFor(ctx, plan, live)) ? 'new_target' : 'nothing';
}

async function facts(ctx: Context, plan: PlanRow, live: Live, steps: readonly Step[]): Promise<{ reason: string | null; isBurn: boolean }> {
  const today = periodIn('day', live.calendar, ctx.now);
  const begun = steps.findLast((each, i) => each.percent !== null && (steps[i - 1]?.percent ?? null) === null)?.at ?? plan.openedAt;
  const from = Math.max(begun, today.startsAt) as Instant;
  const days = latestOf(await dayRows(ctx, plan.id)).filter((day) => day.endsAt > begun);
  const watched: WatchFacts = {
    ...{ stopped: live.period.stopId !== null, spentUp: isSpent(live.period) },
    today: {
      spent: (await spendIn(ctx, plan.budgetId, from, ctx.now)).charged,
      // What the whole of today may come to, should it go on at this step.
      allowance: allowanceOf(flowsIn(steps, from, today.endsAt)),
    },
    worseDays: days.filter((day) => day.verdict === 'worse').length,
    hour: { allowance: live.hour?.allowance ?? (0n as never), above: live.hour?.above ?? (0n as never) },
  };
  return { reason: abortReason(watched), isBurn: plan.stageBudgetId !== null && live.hour !== null && isBurning(watched.hour) };
}

/** Ends hidden budgets that no plan resumes by any more: those of plans that a crossing took back to nothing. @returns how many */
export async function endOrphanStages(ctx: Context): Promise<number> {
  const sql = `SELECT b.id FROM budget b WHERE b.org_id = $1 AND b.stage_of IS NOT NULL AND b.ended_at IS NULL
    AND NOT EXISTS (SELECT FROM recovery_plan p WHERE p.org_id = b.org_id AND p.stage_budget_id = b.id)`;
  if ((await ctx.tx.query(sql, [ctx.orgId])).length === 0) return 0;
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const orphans = await ctx.tx.query<{ id: string }>(sql, [ctx.orgId]);
  for (const { id } of orphans) await endStage(ctx, id);
  return orphans.length;
}
