import { COVERS_HOLD } from '@/lib/budget/covers-sql';
import { makePeriod, type PeriodSpan } from '@/lib/budget/make-period';
import { lockMeters, meter, writeMeters } from '@/lib/budget/meter';
import { spanAt } from '@/lib/budget/periods';
import type { ActiveBudget, BudgetSet } from '@/lib/budget/set';
import { fillSpent } from '@/lib/budget/spent/write';
import type { Context } from '@/lib/context';
import { toIso } from '@/lib/kernel/instant';
import { stopIfSpent } from '@/lib/spend/charge';
import { crossLevels } from '@/lib/spend/cross';
import { figuresFromRows } from '@/lib/spend/recompute';

/**
 * Makes the first period of a new budget and charges it with what is on the books for its scope already, open holds included. With
 * the budget set held alone: no call can be booked or decided meanwhile. Spend above its limit is an excess that nobody asked for,
 * and raises its stop.
 */
export async function fillFirstPeriods(ctx: Context, set: BudgetSet, budget: ActiveBudget): Promise<void> {
  const spans = await firstSpans(ctx, set, budget);
  for (const span of spans) await joinHolds(ctx, budget.id, span);
  const ids = spans.map((each) => each.id);
  const [figures, meters] = [await figuresFromRows(ctx.tx, ctx.orgId, ids), await lockMeters(ctx.tx, ctx.orgId, ids)];
  for (const { id, actual, presumed, unpricedUpper, held, calls, unpricedCalls } of figures) {
    const m = meters.get(id);
    if (!m) continue;
    meter(m, { actual, presumed, unpricedUpper, held, calls, unpricedCalls }, 'unasked');
    await stopIfSpent(ctx, m);
  }
  await crossLevels(ctx, meters.values());
  await writeMeters(ctx, meters.values());
  await fillSpent(ctx, ids);
}

/** The running period, or the fixed dates; and the next one where a sender's clock ahead of ours has booked into it already. */
async function firstSpans(ctx: Context, set: BudgetSet, budget: ActiveBudget): Promise<PeriodSpan[]> {
  const running = budget.fixed ?? spanAt(set, budget, ctx.now);
  if (!running) throw new Error(`budget ${budget.id} has no period now`);
  const spans = [await makePeriod(ctx, budget, running)];
  const ahead = await ctx.tx.query('SELECT FROM ledger_entry WHERE org_id = $1 AND booked_at >= $2 LIMIT 1', [
    ctx.orgId,
    toIso(running.endsAt),
  ]);
  const next = ahead.length > 0 ? spanAt(set, budget, running.endsAt) : null;
  if (next) spans.push(await makePeriod(ctx, budget, next));
  return spans;
}

/** Holds that can still change what they cost belong to the period from now on: open ones, and those that a late settlement may correct. */
async function joinHolds(ctx: Context, budgetId: string, span: PeriodSpan): Promise<void> {
  await ctx.tx.query(
    `UPDATE hold h SET period_ids = array_append(h.period_ids, $3) FROM budget b
      WHERE h.org_id = $1 AND b.org_id = $1 AND b.id = $2 AND h.state <> 'settled' AND h.authorised_at >= $4 AND h.authorised_at < $5
        AND ${COVERS_HOLD}`,
    [ctx.orgId, budgetId, span.id, toIso(span.startsAt), toIso(span.endsAt)],
  );
}
