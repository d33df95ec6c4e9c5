import { isSpent } from '@/lib/budget/admission';
import { grantsOfHolds } from '@/lib/budget/grant/holds';
import { chargeGrant } from '@/lib/budget/grant/use';
import { type Change, type ExcessCause, lockMeters, type Meter, meter, writeMeters } from '@/lib/budget/meter';
import { forgetPeriods, periodsAt } from '@/lib/budget/periods';
import { type CallDims, covers } from '@/lib/budget/scope';
import type { ActiveBudget, BudgetSet } from '@/lib/budget/set';
import { addEntry, addSpent, type Spent, spentOf } from '@/lib/budget/spent/cells';
import type { Context } from '@/lib/context';
import type { NewEntry } from '@/lib/ledger/entry';
import { crossLevels } from '@/lib/spend/cross';
import { changeFor, type Ending } from '@/lib/spend/hold/settlement';
import { raiseStop } from '@/lib/stop/raise';

/** A cached period was gone when its row was to be locked: roll back and do the whole thing again. */
export class PeriodGone extends Error {
  override name = 'PeriodGone';
  /** As Postgres calls what goes away by trying again. */
  readonly code = '40001';
}

/** What one period changes by, the ledger rows behind that, and why, should it end above its limit; of the end of a hold, by which. */
export type PeriodChange = { periodId: string; change: Change; spent: Spent; cause: ExcessCause; holdId?: string };

/** Locks the period rows, the last locks of a transaction. @throws PeriodGone */
export async function lockPeriods(ctx: Context, ids: Iterable<string>): Promise<Map<string, Meter>> {
  const wanted = new Set(ids);
  const meters = await lockMeters(ctx.tx, ctx.orgId, wanted);
  if (meters.size === wanted.size) return meters;
  forgetPeriods();
  throw new PeriodGone('a period row is gone');
}

/** Raises the stop of a period that has spent up to its limit. Ended periods and budgets, and periods not begun, never raise stops. */
export async function stopIfSpent(ctx: Context, m: Meter): Promise<void> {
  const isCurrent = m.startsAt <= ctx.now && ctx.now < m.endsAt && !m.stage;
  if (isCurrent && m.stopId === null && isSpent(m) && !(await hasEnded(ctx, m.budgetId))) await raiseStop(ctx, m, 'charged');
}

/** Holds that a budget let pass settle into its period also after its end. */
async function hasEnded(ctx: Context, budgetId: string): Promise<boolean> {
  const rows = await ctx.tx.query('SELECT FROM budget WHERE org_id = $1 AND id = $2 AND ended_at IS NOT NULL', [ctx.orgId, budgetId]);
  return rows.length > 0;
}

/** Applies changes to locked periods, one after the other, and raises the stops that they bring about. */
export async function applyChanges(ctx: Context, meters: Map<string, Meter>, changes: PeriodChange[]): Promise<void> {
  const grantOf = await grantsOfHolds(ctx, meters, changes);
  for (const { periodId, change, spent, cause, holdId } of changes) {
    const m = meters.get(periodId);
    if (!m) continue;
    meter(m, change, cause);
    addSpent(m.spent, spent);
    const grantId = holdId && grantOf.get(`${holdId} ${periodId}`);
    if (grantId) chargeGrant(m, grantId, change);
  }
  for (const m of meters.values()) if (m.changed) await stopIfSpent(ctx, m);
}

/** What the ends of holds change in the periods they belong to. */
export const changesOf = (endings: Ending[]): PeriodChange[] =>
  endings.flatMap((ending) => {
    const spent = spentOf(ending.entries);
    const { id: holdId, periodIds } = ending.hold;
    return periodIds.map((periodId) => ({ periodId, change: changeFor(ending, periodId), spent, cause: ending.cause, holdId }));
  });

/** The budgets that cover a ledger row: by the model that was asked for, where another one answered. */
export function budgetsOf(set: BudgetSet, entry: NewEntry): ActiveBudget[] {
  // Without a spread: it would copy thirty fields for every row.
  const { workload, feature, team, costCentre, trafficStage, customer, tags, unassigned } = entry;
  const [provider, model] = [entry.askedProvider ?? entry.provider, entry.askedModel ?? entry.model];
  const call: CallDims = { workload, feature, team, costCentre, provider, model, trafficStage, customer, tags, unassigned };
  return set.budgets.filter((budget) => covers(budget, call));
}

/** Adds a ledger row to what a period it belongs to changes by. */
function addRow(change: Required<Change>, { basis, amountNano, calls }: NewEntry): void {
  change[basis === 'presumed' ? 'presumed' : basis === 'unpriced' ? 'unpricedUpper' : 'actual'] += amountNano;
  change.calls += BigInt(calls);
  if (basis === 'unpriced') change.unpricedCalls += BigInt(calls);
}

/**
 * The periods of reported rows and what each changes by, summed over the commit: one change a period.
 * @param observed the periods that observed a refusal of the call of a hold, by the hold's id: their observed part moves along
 */
export async function changesOfEntries(
  ctx: Context,
  set: BudgetSet,
  entries: NewEntry[],
  cause: ExcessCause,
  observed: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<PeriodChange[]> {
  const wanted = entries.flatMap((entry) => budgetsOf(set, entry).map((budget) => ({ budget, at: entry.bookedAt, entry })));
  const spans = await periodsAt(ctx, set, wanted);
  const sums = new Map<string, PeriodChange & { change: Required<Change> }>();
  wanted.forEach(({ entry }, i) => {
    const periodId = spans[i]?.id;
    if (periodId === undefined) return;
    const sum = sums.get(periodId) ?? { periodId, change: { ...NOTHING }, spent: new Map(), cause };
    sums.set(periodId, sum);
    const { change, spent } = sum;
    addRow(change, entry);
    if (observed.get(entry.holdId ?? '')?.includes(periodId)) change.observedCharged += entry.amountNano;
    addEntry(spent, entry);
  });
  return [...sums.values()];
}

const NOTHING: Required<Change> = {
  actual: 0n,
  presumed: 0n,
  unpricedUpper: 0n,
  held: 0n,
  observedCharged: 0n,
  observedHeld: 0n,
  calls: 0n,
  unpricedCalls: 0n,
};

/**
 * Adds reported rows to every period they belong to, last in the transaction: locks the period rows in the order of their ids,
 * writes the excess that the rows bring about, and raises the stop that it finds.
 * @param endings holds that reported records settled: they change the periods of their authorisation · @throws PeriodGone
 */
export async function chargeEntries(
  ctx: Context,
  set: BudgetSet,
  entries: NewEntry[],
  cause: ExcessCause,
  endings: Ending[] = [],
): Promise<void> {
  const changes = [...(await changesOfEntries(ctx, set, entries, cause)), ...changesOf(endings)];
  const meters = await lockPeriods(
    ctx,
    changes.map((each) => each.periodId),
  );
  await applyChanges(ctx, meters, changes);
  await crossLevels(ctx, meters.values());
  await writeMeters(ctx, meters.values());
}
