import { openBreach } from '@/lib/breach/open';
import type { BreachCause } from '@/lib/breach/row';
import type { Meter } from '@/lib/budget/meter';
import { readBudgetRow } from '@/lib/budget/read/budgets';
import type { BudgetView } from '@/lib/budget/read/view';
import { fireLevels, reachesLevel } from '@/lib/budget/threshold/firing';
import { readThresholds, type ThresholdRow, thresholdKey } from '@/lib/budget/threshold/rows';
import { applyLevel, type ReachedLevel } from '@/lib/containment/level';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { PPM_ONE } from '@/lib/kernel/money';
import { openPlan } from '@/lib/recovery/open';
import { figuresOf } from '@/lib/stop/raise';
import { isCritical } from '@/lib/workload/adopt';
import { findingOf, noticeLevels } from './notice-levels';

/**
 * What follows from a change of figures, in the transaction that makes it: levels that were reached fire, what they say is done to
 * spend, the breach opens, its plan with it, and whoever must know is written to. All of it is there after the commit, or nothing.
 * Call it with locked meters that have been changed, before they are written back. Where nothing crosses it is one compare a meter.
 */
export async function crossLevels(ctx: Context, meters: Iterable<Meter>): Promise<void> {
  for (const m of meters) if (m.raised !== null || reachesLevel(m, ctx.now)) await cross(ctx, m);
}

/** A threshold that fires; of a burn rate or a forecast with what was found, in words after the budget's name. */
export type Fired = ThresholdRow & { finding?: string };

/** What follows from burn rates and forecasts that fire: the same as from a level, in the transaction that found it, with its period locked. */
export const crossAhead = (ctx: Context, m: Meter, ahead: Fired[]): Promise<void> => cross(ctx, m, ahead);

const reachedLevel = (m: Meter, budget: BudgetView, level: Fired, breachId: string | null): ReachedLevel => ({
  ...{ budgetId: budget.id, breachId, thresholdKey: thresholdKey(level), scope: budget.scope, unassigned: budget.kind === 'unassigned' },
  ...{ actions: level.actions, until: m.endsAt },
  reason: level.kind === 'stop' ? `${budget.name} stopped.` : `${budget.name} ${findingOf(level)}.`,
});

const kindOf = (level: Fired): BreachCause => (level.burn ? 'burn' : level.withinDays !== null ? 'forecast' : 'level');

/** A level that someone must answer for: it says so, or asks before it acts. */
const mustBeAnswered = (level: ThresholdRow): boolean => level.mustAnswer || level.actions.some((each) => each.mode === 'ask');

async function cross(ctx: Context, m: Meter, ahead: Fired[] = []): Promise<void> {
  const { raised } = m;
  m.raised = null;
  const budget = await readBudgetRow(ctx.tx, ctx.orgId, m.budgetId);
  if (budget.endedAt !== null) return;
  const thresholds = await readThresholds(ctx.tx, ctx.orgId, [m.budgetId]);
  const fired = reachesLevel(m, ctx.now) ? await fireLevels(ctx, m, thresholds, figuresOf(m)) : [];
  const stopLevel = raised === null ? [] : thresholds.filter((each) => each.kind === 'stop');
  const levels: Fired[] = [...ahead, ...fired, ...stopLevel];
  const answered = m.enforcing ? levels.filter(mustBeAnswered) : [];
  const breach = answered.length > 0 ? await openFor(ctx, m, budget, { levels, answered, raised }) : null;
  if (m.enforcing) for (const level of levels) await applyLevel(ctx, reachedLevel(m, budget, level, breach?.id ?? null));
  if (raised !== null) await tell(ctx, 'stop.raised', { kind: 'stop', id: raised.stopId, budgetId: budget.id, observed: !m.enforcing });
  for (const level of [...ahead, ...fired]) await tell(ctx, 'level.reached', { kind: 'budget', id: budget.id, at: level.atPpm / PPM_ONE });
  // Whoever is told of a breach that opens or of its stop has been told of its levels with it.
  if (breach === null || !(breach.isNew || raised !== null))
    await noticeLevels(ctx, m, budget, levels, { raised, breachId: breach?.id ?? null });
}

async function openFor(
  ctx: Context,
  m: Meter,
  budget: BudgetView,
  { levels, answered, raised }: { levels: Fired[]; answered: Fired[]; raised: Meter['raised'] },
): Promise<{ id: string; isNew: boolean }> {
  const isOfStop = raised !== null && answered.some((each) => each.kind === 'stop');
  const highest = answered.filter((each) => each.kind !== 'stop').at(-1);
  const breach = await openBreach(ctx, {
    budget: { id: budget.id, escalationPolicyId: budget.escalationPolicyId },
    periodId: m.id,
    cause: raised !== null ? (raised.cause as BreachCause) : highest ? kindOf(highest) : 'level',
    critical: await isCritical(ctx, budget.scope.workload),
    figures: highest?.finding === undefined ? figuresOf(m) : { ...figuresOf(m), finding: highest.finding },
    stopId: raised?.stopId ?? null,
    level: highest ? highest.atPpm / PPM_ONE : null,
    tell: [...new Set(levels.flatMap((each) => each.tell))],
    isAnswered: isOfStop && raised.cause === 'by_hand' && ctx.actor.kind === 'member',
  });
  const cause = raised?.cause ?? (highest ? kindOf(highest) : 'level');
  await openPlan(ctx, { breachId: breach.id, budgetId: budget.id, periodId: m.id, stopId: raised?.stopId ?? null, cause, figures: m });
  return breach;
}
