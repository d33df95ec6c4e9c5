import { isSpent } from '@/lib/budget/admission';
import { type Change, type Meter, meter, writeMeters } from '@/lib/budget/meter';
import type { BudgetSet } from '@/lib/budget/set';
import { addSpent } from '@/lib/budget/spent/cells';
import type { Context } from '@/lib/context';
import type { NewEntry } from '@/lib/ledger/entry';
import { writeEntries } from '@/lib/ledger/write-entries';
import type { Book } from '@/lib/price/rules';
import { applyChanges, changesOfEntries, lockPeriods, type PeriodChange } from '../charge';
import { crossLevels } from '../cross';
import { modelsToReprice, unpricedRows } from './find';
import { pairFor } from './pairs';

/** Rows written at once. */
const BATCH = 2_000;

/** A budget that a reprice moves: by how much what it has been charged changes, and whether that raises its stop. */
export type Moved = { budgetId: string; periodId: string; deltaNano: bigint; raisesStop: boolean };
/** What a reprice comes to: calls priced, by how much charged changes in all, and the budgets that move. */
export type Repriced = { calls: number; deltaNano: bigint; budgets: Moved[] };

/**
 * Prices the calls that had no price and now have one, each once, with a trace: a pair of rows where the call was booked, in the
 * caller's transaction, which holds the budget set alone. Budgets are charged last.
 * @param mayGoOn is asked with the whole outcome before any budget is changed; what it throws rolls everything back
 */
export async function repriceUnpriced(ctx: Context, set: BudgetSet, book: Book, mayGoOn: (outcome: Repriced) => void): Promise<Repriced> {
  const changes = new Map<string, PeriodChange>();
  const outcome: Repriced = { calls: 0, deltaNano: 0n, budgets: [] };
  for (const model of await modelsToReprice(ctx.tx, ctx.orgId, book, ctx.now)) {
    for (let after = 0n; ; ) {
      const rows = await unpricedRows(ctx.tx, ctx.orgId, model, after, BATCH);
      const pairs = rows.flatMap((row) => pairFor(row, book, ctx.now) ?? []);
      await writeEntries(ctx.tx, set, pairs);
      await addChanges(ctx, set, pairs, changes);
      outcome.calls += pairs.length / 2;
      for (const entry of pairs) outcome.deltaNano += entry.amountNano;
      const last = rows.at(-1);
      if (!last || rows.length < BATCH) break;
      after = last.id;
    }
  }
  const meters = await lockPeriods(ctx, changes.keys());
  outcome.budgets = [...changes.values()].flatMap(({ periodId, change }) => {
    const m = meters.get(periodId);
    return m ? [movedBy(ctx, m, change)] : [];
  });
  mayGoOn(outcome);
  await applyChanges(ctx, meters, [...changes.values()]);
  await crossLevels(ctx, meters.values());
  await writeMeters(ctx, meters.values());
  return outcome;
}

/** Sums changes by period, so that a batch of rows leaves one change a period. */
async function addChanges(ctx: Context, set: BudgetSet, entries: NewEntry[], sums: Map<string, PeriodChange>): Promise<void> {
  const observed = await observedOf(ctx, entries);
  for (const each of await changesOfEntries(ctx, set, entries, 'repriced', observed)) {
    const known = sums.get(each.periodId);
    if (known) addSpent(each.spent, known.spent);
    sums.set(each.periodId, known ? { ...each, change: added(known.change, each.change) } : each);
  }
}

/** The periods that observed a refusal of the calls that are repriced, by hold. */
async function observedOf(ctx: Context, entries: NewEntry[]): Promise<Map<string, string[]>> {
  const ids = [...new Set(entries.flatMap((each) => each.holdId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await ctx.tx.query<{ id: string; observed: string[] }>(
    `SELECT id, observed_ids AS observed FROM hold WHERE org_id = $1 AND id = ANY($2) AND observed_ids <> '{}'`,
    [ctx.orgId, ids],
  );
  return new Map(rows.map((row) => [row.id, row.observed]));
}

function added(a: Change, b: Change): Change {
  const sum: Change = { ...a };
  for (const field of Object.keys(b) as (keyof Change)[]) sum[field] = (a[field] ?? 0n) + (b[field] ?? 0n);
  return sum;
}

/** Tries a change on a copy of a meter. */
function movedBy(ctx: Context, m: Meter, change: Change): Moved {
  const tried: Meter = { ...m, excesses: [] };
  meter(tried, change, 'repriced');
  const isCurrent = m.startsAt <= ctx.now && ctx.now < m.endsAt;
  return {
    budgetId: m.budgetId,
    periodId: m.id,
    deltaNano: (change.actual ?? 0n) + (change.unpricedUpper ?? 0n),
    raisesStop: isCurrent && m.stopId === null && !m.stage && isSpent(tried),
  };
}
