import { charged, limit } from '@/lib/budget/figures';
import { amountInNano } from '@/lib/budget/make-period';
import type { Context } from '@/lib/context';
import { periodIn } from '@/lib/kernel/calendar-history';
import type { Instant } from '@/lib/kernel/instant';
import { type NanoUsd, shareOf, ZERO_USD } from '@/lib/kernel/money';
import type { PlanRow } from '../plan';
import type { Live } from '../read/live';
import { daysLeft, targetOf } from './rules';

/** A target with what it was made from. */
export type Target = { target: NanoUsd; targetLimit: NanoUsd; targetPeriodId: string | null };

/** What the running period gives a day. */
export function targetNow({ period, calendar }: Live, now: Instant): Target & { daysLeft: number } {
  const left = daysLeft(calendar, now, period.endsAt);
  return { target: targetOf(limit(period), charged(period), left), targetLimit: limit(period), targetPeriodId: period.id, daysLeft: left };
}

/** What the next period gives a day: its amount is the one announced, at the rate of this one; null where there is none. */
export async function targetNext(
  ctx: Context,
  { budget, period, calendar }: Live,
): Promise<(Target & { daysLeft: number; startsAt: Instant }) | null> {
  if (budget.periodKind === null) return null;
  const span = periodIn(budget.periodKind, calendar, period.endsAt);
  const [row] = await ctx.tx.query<{ rate: bigint }>('SELECT rate_nano AS rate FROM budget_period WHERE org_id = $1 AND id = $2', [
    ctx.orgId,
    period.id ?? '',
  ]);
  const amount = amountInNano(budget.nextAmount ?? budget.amount, row?.rate ?? 1_000_000_000n);
  const next = shareOf(amount, budget.stopAt);
  const left = daysLeft(calendar, span.startsAt, span.endsAt);
  return { target: targetOf(next, ZERO_USD, left), targetLimit: next, targetPeriodId: null, daysLeft: left, startsAt: span.startsAt };
}

/** The target that a plan's answer gives now: of the next period while it waits for that one, else of the one that runs. */
export async function targetFor(ctx: Context, plan: Pick<PlanRow, 'room' | 'periodId'>, live: Live): Promise<Target> {
  const waits = plan.room === 'wait' && (live.period.id === null || live.period.id === plan.periodId);
  return (waits && live.period.startsAt <= ctx.now ? await targetNext(ctx, live) : null) ?? targetNow(live, ctx.now);
}
