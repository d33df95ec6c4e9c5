import { amountText } from '@/lib/budget/amount';
import { charged, limit } from '@/lib/budget/figures';
import type { Context } from '@/lib/context';
import { etagOf } from '@/lib/http/etag';
import { periodIn } from '@/lib/kernel/calendar-history';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { localDay } from '@/lib/kernel/period';
import { judgeDay } from '../day/judge';
import { dayRows, latestOf } from '../day/rows';
import { criteriaOf, STABLE_DAYS, stableRun } from '../exit/rules';
import { targetNext, targetNow } from '../money/target';
import type { PlanRow } from '../plan';
import { PERCENTS, type PlanOut } from '../schema';
import { gateFacts } from '../stage/gate';
import { gateOf, hourlyAllowance, nextPercent } from '../stage/rules';
import { type Step, stepsOf } from '../step';
import { checksOf, grantsOf, namesOf, notesOf } from './beside';
import { daysView } from './days';
import { type Live, readLive } from './live';

const isoOf = (at: Instant | null): string | null => (at === null ? null : toIso(at));

/** Everything a plan's page needs, on live figures: the strip, the exit criteria, the steps with their gate, the money question, the check list. */
export async function planView(ctx: Context, plan: PlanRow): Promise<PlanOut> {
  const live = await readLive(ctx, plan);
  const [steps, rows] = [await stepsOf(ctx, plan.id), await dayRows(ctx, plan.id)];
  const [checks, notes, names] = [await checksOf(ctx, plan.id), await notesOf(ctx, plan.id), await namesOf(ctx, plan)];
  const day = periodIn('day', live.calendar, ctx.now);
  const judged = plan.closedAt === null ? await judgeDay(ctx, live, steps, day, ctx.now) : null;
  const days = daysView(rows, notes);
  const entries = latestOf(rows);
  const run = stableRun(entries.map(({ verdict, percent, facts }) => ({ verdict, wholeAt: facts.isWholeDayAtStep ? percent : null })));
  const grants = await grantsOf(ctx, live);
  const exit = {
    ...{
      stableDays: run,
      forecastUpper: live.expected?.upper ?? null,
      limit: limit(live.period),
      unpriced: Number(live.period.unpricedCalls),
    },
    ...{ openGrants: grants.openGrants, callsToday: judged?.facts.calls ?? 0, lastDayCalls: entries.at(-1)?.facts.calls ?? 0 },
    ...{ checksDone: checks.filter((each) => each.doneAt !== null).length, checks: checks.length },
  };
  const hourly =
    plan.percent === null || plan.target === null || plan.stageBudgetId === null ? null : hourlyAllowance(plan.percent, plan.target);
  return {
    ...{ id: plan.id, createdAt: toIso(plan.openedAt), etag: etagOf(plan.version), breachId: plan.breachId, budgetId: plan.budgetId },
    ...{ budgetName: live.budget.name, budgetOwnerId: live.budget.ownerId, phase: plan.phase, openedAt: toIso(plan.openedAt) },
    ...{ deadlineAt: toIso(plan.deadlineAt), room: plan.room, roomAt: isoOf(plan.roomAt), roomBy: names.of(plan.roomBy) },
    ...{
      targetNanoUsdPerDay: plan.target === null ? null : String(plan.target),
      stagePercent: plan.percent,
      stageSince: toIso(plan.stageSince),
    },
    hourlyNanoUsd: hourly === null ? null : String(hourly),
    hour: live.hour && {
      ...{
        endsAt: toIso(live.hour.endsAt as Instant),
        allowanceNanoUsd: String(live.hour.allowance),
        committedNanoUsd: String(live.hour.committed),
      },
    },
    ...{ cause: plan.cause, correctiveAction: plan.correctiveAction, causeAt: isoOf(plan.causeAt), causeBy: names.of(plan.causeBy) },
    ...{ closedAt: isoOf(plan.closedAt), closedBy: names.of(plan.closedBy), summary: plan.summary, stopId: live.period.stopId },
    snapshot: plan.snapshot,
    money: await moneyOf(ctx, live, grants),
    criteria: criteriaOf(exit),
    stable: { days: run, need: STABLE_DAYS, earliestClose: earliestClose(ctx.now, plan, live, run) },
    steps: await stepsView(ctx, plan, live, steps),
    days,
    today: judged && {
      ...{ date: localDay(live.calendar, ctx.now), startsAt: toIso(judged.startsAt), endsAt: toIso(judged.endsAt) },
      ...{ actualNanoUsd: String(judged.actual), targetNanoUsd: String(judged.allowance), percent: judged.percent },
      ...{ facts: judged.facts, soFar: judged.verdict },
    },
    unsigned: days.filter((each) => each.signedOffAt === null).map((each) => each.date),
    checks: checks.map(({ id, text, doneAt, doneBy }) => ({ id, text, doneAt: isoOf(doneAt), doneBy: names.of(doneBy) })),
    notes: notes.filter((each) => each.kind === 'note').map(({ id, at, by, date, text }) => ({ id, at: toIso(at), by, date, text })),
    history: steps.map(({ id, at, kind, percent, targetNano, byName, byRule, why }) => ({
      ...{
        id,
        at: toIso(at),
        kind,
        percent,
        targetNanoUsdPerDay: targetNano === null ? null : String(targetNano),
        by: byName,
        byRule,
        why,
      },
    })),
  };
}

async function moneyOf(ctx: Context, live: Live, grants: Awaited<ReturnType<typeof grantsOf>>): Promise<PlanOut['money']> {
  const [now, next] = [targetNow(live, ctx.now), await targetNext(ctx, live)];
  const { period } = live;
  return {
    ...{ amountNanoUsd: String(period.amount), limitNanoUsd: String(limit(period)), chargedNanoUsd: String(charged(period)) },
    ...{ roomNanoUsd: String(live.room), daysLeft: now.daysLeft, targetNanoUsdPerDay: String(now.target) },
    amount: amountText(live.budget.amount),
    currency: live.budget.currency,
    periodEndsAt: toIso(period.endsAt),
    wait: next && {
      ...{
        startsAt: toIso(next.startsAt),
        limitNanoUsd: String(next.targetLimit),
        daysLeft: next.daysLeft,
        targetNanoUsdPerDay: String(next.target),
      },
    },
    grant: grants,
  };
}

async function stepsView(ctx: Context, plan: PlanRow, live: Live, steps: readonly Step[]): Promise<PlanOut['steps']> {
  const isHeld = plan.percent === null || plan.stageBudgetId !== null;
  const next = isHeld ? nextPercent(plan.percent) : null;
  const facts = next === null || plan.closedAt !== null ? null : await gateFacts(ctx, plan, live, steps);
  return PERCENTS.map((percent) => {
    const taken = steps.findLast((each) => each.percent === percent && ['resume', 'step_back', 'lifted', 'open'].includes(each.kind));
    const isCurrent = percent === plan.percent;
    return {
      percent,
      hourlyNanoUsd: plan.target === null ? null : String(hourlyAllowance(percent, plan.target)),
      state: isCurrent ? 'current' : percent === next ? 'next' : plan.percent !== null && percent < plan.percent ? 'done' : 'later',
      taken: taken ? { at: toIso(taken.at), by: taken.byName, byRule: taken.byRule, why: taken.why } : null,
      gate: percent === next && facts ? gateOf(percent, facts) : null,
    };
  });
}

/** The first day on which three stable days in a row are there, should every day from today on be one; null before 100 %. */
function earliestClose(now: Instant, plan: PlanRow, live: Live, run: number): string | null {
  if (plan.percent !== 100) return null;
  let day = periodIn('day', live.calendar, now);
  // A day counts when it was whole at 100 %.
  for (let left = STABLE_DAYS - run + (plan.stageSince > day.startsAt ? 1 : 0); left > 0; left--)
    day = periodIn('day', live.calendar, day.endsAt);
  return localDay(live.calendar, day.startsAt);
}
