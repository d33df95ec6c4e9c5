import type { Context } from '@/lib/context';
import { toIso } from '@/lib/kernel/instant';
import { makePeriod } from './make-period';
import { lockMeters, type Meter } from './meter';
import { spanAt } from './periods';
import type { ActiveBudget, BudgetSet } from './set';

/** A locked period with the rate its amount was fixed by. */
export type RatedMeter = Meter & { rateNano: bigint };

/** Whether a period runs now. */
export const isCurrent = (m: Pick<Meter, 'startsAt' | 'endsAt'>, now: number): boolean => m.startsAt <= now && now < m.endsAt;

/**
 * Locks the running period of a budget, made where nobody has needed it yet, and those after it that a clock running ahead has
 * brought: the periods that a change of the budget reaches. Earlier ones stay as they were.
 */
export async function lockCurrent(ctx: Context, set: BudgetSet, budget: ActiveBudget): Promise<RatedMeter[]> {
  const span = spanAt(set, budget, ctx.now);
  if (span) await makePeriod(ctx, budget, span);
  const rates = await ctx.tx.query<{ id: string; rate: bigint }>(
    'SELECT id, rate_nano AS rate FROM budget_period WHERE org_id = $1 AND budget_id = $2 AND ends_at > $3',
    [ctx.orgId, budget.id, toIso(ctx.now)],
  );
  const meters = await lockMeters(
    ctx.tx,
    ctx.orgId,
    rates.map((each) => each.id),
  );
  return rates.flatMap(({ id, rate }) => {
    const m = meters.get(id);
    return m ? [Object.assign(m, { rateNano: rate })] : [];
  });
}

/** Keeps what a period's amount and hard stop are from now on, so that charts never redraw what they were. */
export async function noteLimit(ctx: Context, m: Meter): Promise<void> {
  // Two changes in one microsecond are one after the other.
  await ctx.tx.query(
    `INSERT INTO limit_change (org_id, period_id, at, amount_nano, hard_stop_nano, granted_nano)
     SELECT $1, $2, greatest($3::timestamptz, max(at) + interval '1 microsecond'), $4, $5, $6 FROM limit_change WHERE org_id = $1 AND period_id = $2`,
    [ctx.orgId, m.id, toIso(ctx.now), m.amount, m.hardStop, m.granted],
  );
}
