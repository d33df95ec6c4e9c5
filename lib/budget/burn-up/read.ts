import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { Period } from '@/lib/kernel/period';
import { charged } from '../figures';
import type { BudgetOutlook } from '../outlook/read';
import { calendarOf, currentOutlooks, currentPeriods, readBudgetRow } from '../read/budgets';
import type { PeriodView } from '../read/view';
import { spentByBucket } from '../spent/read';
import { readThresholds } from '../threshold/rows';
import { aheadOf, duePins } from './ahead';
import { branchOf, savingInForce } from './branch';
import { bucketEnds, grainOf } from './buckets';
import { captionOf } from './caption';
import { burnUpLines, type Level, type Limit, type Pin, reachedPins } from './lines';
import { eventPins } from './pins';
import type { BurnUpOut } from './schema';

/**
 * The burn-up of a budget's running period: spend so far by local hour or day, the lines with the steps they took, the forecast and
 * where it reaches the stop, what happened, and what is missing. Its last point is the period's own figure. @throws Fault budget.not_found
 */
export async function burnUpOf(ctx: Context, budgetId: string): Promise<BurnUpOut> {
  const budget = await readBudgetRow(ctx.tx, ctx.orgId, budgetId);
  const calendar = await calendarOf(ctx);
  const [period] = await currentPeriods(ctx, [budget]);
  if (!period) throw new Error(`budget ${budgetId} shows no period`);
  const span: Period = { startsAt: period.startsAt, endsAt: period.endsAt };
  const grain = grainOf(span);
  const ends = bucketEnds(calendar, grain, span);
  const outlook = (await currentOutlooks(ctx, [budget], [period]))[0] as BudgetOutlook;
  const silent = outlook.gaps.find((gap) => gap.endsAt >= Math.min(ctx.now, span.endsAt));
  const until = silent?.startsAt ?? ctx.now;
  const points = pointsOf(period.id === null ? [] : await spentByBucket(ctx, period.id, span, ends), ends, period, until);
  const limits = await limitsOf(ctx, period);
  const levels: Level[] = (await readThresholds(ctx.tx, ctx.orgId, [budgetId])).filter((each) => !each.burn && each.withinDays === null);
  const stoppedAt = budget.enforcing ? await openSince(ctx, period.stopId) : null;
  const expected = stoppedAt === null ? outlook : { ...outlook, kind: 'none' as const, curve: [] };
  const ahead = aheadOf(expected, ends, ctx.now);
  const withoutActions = branchOf(ahead.forecast, ahead.forecast === null ? null : await savingInForce(ctx, budget, span), ctx.now);
  const pins: Pin[] = [
    ...reachedPins(levels, limits, points).map((each): Pin => ({ ...each, kind: 'threshold', href: `/budgets/${budgetId}#levels` })),
    ...(await eventPins(ctx, budget, span, limits)),
    ...duePins(expected.curve, levels, limits.at(-1) as Limit, ctx.now),
  ].sort((a, b) => a.at - b.at);
  return {
    ...{
      startsAt: toIso(span.startsAt),
      endsAt: toIso(span.endsAt),
      now: toIso(ctx.now),
      zone: calendar.zone,
      mode: budget.enforcing ? 'enforce' : 'observe',
    },
    points: points.map(({ at, nano, complete }) => ({ at: toIso(at), actualNanoUsd: String(nano), complete })),
    heldNanoUsd: String(period.held),
    chargedNanoUsd: String(charged(period)),
    ...ahead,
    withoutActions,
    lines: burnUpLines(levels, limits),
    pins: pins.map((pin) => ({ ...pin, at: toIso(pin.at) })),
    gaps: outlook.gaps.map(({ startsAt, endsAt, source }) => ({ from: toIso(startsAt), to: toIso(endsAt), source })),
    silentSince: silent === undefined ? null : toIso(silent.startsAt),
    stoppedAt: stoppedAt === null ? null : toIso(stoppedAt),
    caption: captionOf(period, expected, budget.enforcing, calendar.zone, withoutActions),
  };
}

type Point = { at: Instant; nano: bigint; complete: boolean };

/** Spend up to each bucket's end; the last one ends now, or where the sources fell silent, with the period's own figure. */
function pointsOf(buckets: bigint[], ends: Instant[], period: PeriodView, until: Instant): Point[] {
  if (until < period.startsAt) return [];
  const points: Point[] = [];
  let sum = 0n;
  for (const [i, end] of ends.entries()) {
    if (end > until) break;
    sum += buckets[i] ?? 0n;
    points.push({ at: end, nano: sum, complete: true });
  }
  const last = points.at(-1);
  if (last && last.at === period.endsAt) last.nano = period.actual;
  else points.push({ at: until, nano: period.actual, complete: false });
  return points;
}

async function limitsOf(ctx: Context, period: PeriodView & { id: string | null }): Promise<Limit[]> {
  const rows =
    period.id === null
      ? []
      : await ctx.tx.query<Limit>(
          `SELECT at, amount_nano AS amount, hard_stop_nano AS "hardStop", granted_nano AS granted FROM limit_change WHERE org_id = $1 AND period_id = $2 ORDER BY at`,
          [ctx.orgId, period.id],
        );
  return rows.length > 0 ? rows : [{ at: period.startsAt, amount: period.amount, hardStop: period.hardStop, granted: period.granted }];
}

async function openSince(ctx: Context, stopId: string | null): Promise<Instant | null> {
  if (stopId === null) return null;
  const rows = await ctx.tx.query<{ at: Instant }>('SELECT raised_at AS at FROM stop WHERE org_id = $1 AND id = $2', [ctx.orgId, stopId]);
  return rows[0]?.at ?? null;
}
