import type { Context } from '@/lib/context';
import { type Tx, together } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd, type Ppm } from '@/lib/kernel/money';
import { arrayText } from '@/lib/ledger/columns';
import { above, type Figures } from './figures';
import { type GrantUse, readGrantUses, writeGrantUses } from './grant/rows';
import type { Spent } from './spent/cells';
import { writeSpent } from './spent/write';
import { writeExcesses } from './spent/write-excesses';

export const EXCESS_CAUSES = ['overrun', 'unasked', 'repriced', 'limit_lowered', 'grant_ended'] as const;
/** Why a commit ended above a limit. None of them is an allow. */
export type ExcessCause = (typeof EXCESS_CAUSES)[number];

/** A locked period row with its figures, changed in memory while the transaction decides and written back once. */
export type Meter = Figures & {
  id: string;
  budgetId: string;
  startsAt: Instant;
  endsAt: Instant;
  enforcing: boolean;
  calls: bigint;
  unpricedCalls: bigint;
  stopId: string | null;
  /** The lowest notify or contain level that has not fired in this period; null when none is left. */
  nextLevel: Ppm | null;
  /** The stop that this transaction has raised, until the crossing has seen to what follows from it. */
  raised: { stopId: string; cause: string; reason: string | null } | null;
  /** An hour of a resume step: it refuses, and raises no stop. */
  stage: boolean;
  /** The grants of its reserve that have been approved, ended ones too. */
  grants: GrantUse[];
  changed: boolean;
  excesses: { cause: ExcessCause; amount: NanoUsd }[];
  /** The ledger rows behind what it has changed by, to be written with it. */
  spent: Spent;
};

/** What a commit adds to a period; negative takes back. Nano-dollars and counts. */
export type Change = Partial<
  Record<'actual' | 'presumed' | 'unpricedUpper' | 'held' | 'observedCharged' | 'observedHeld' | 'calls' | 'unpricedCalls', bigint>
>;

type MeterRow = {
  id: string;
  budget_id: string;
  starts_at: Instant;
  ends_at: Instant;
  enforcing: boolean;
  amount_nano: NanoUsd;
  hard_stop_nano: NanoUsd;
  granted_nano: NanoUsd;
  actual_nano: NanoUsd;
  presumed_nano: NanoUsd;
  unpriced_upper_nano: NanoUsd;
  held_nano: NanoUsd;
  observed_charged_nano: NanoUsd;
  observed_held_nano: NanoUsd;
  excess_nano: NanoUsd;
  calls: bigint;
  unpriced_calls: bigint;
  stop_id: string | null;
  next_level_ppm: Ppm | null;
  stage: boolean;
  grants: number;
};

/** Whether open stop `s` of a budget holds in its period `p`: that of an earlier day or week is over. */
export const HOLDS_IN_PERIOD = `(s.period_id = p.id OR NOT EXISTS (
  SELECT FROM budget b WHERE b.org_id = p.org_id AND b.id = p.budget_id AND b.period_kind IN ('day', 'week')))`;

/**
 * Locks period rows in the order of their ids: the last locks of a transaction (lock order: everything else, then these, then commit).
 * An open stop is read with the row that carries it; the join covers a stop raised while a new period was being made.
 * @returns the rows by id; one that is gone (a cache that outlived a rollback) is simply not there
 */
export async function lockMeters(tx: Tx, orgId: string, ids: Iterable<string>): Promise<Map<string, Meter>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await tx.query<MeterRow>(
    `SELECT p.id, p.budget_id, p.starts_at, p.ends_at, p.enforcing, p.amount_nano, p.hard_stop_nano, p.granted_nano, p.actual_nano,
            p.presumed_nano, p.unpriced_upper_nano, p.held_nano, p.observed_charged_nano, p.observed_held_nano, p.excess_nano, p.calls,
            p.unpriced_calls, p.next_level_ppm, p.stage, p.grants, coalesce(p.stop_id, s.id) AS stop_id
       FROM budget_period p LEFT JOIN stop s ON s.org_id = p.org_id AND s.budget_id = p.budget_id AND s.lifted_at IS NULL AND ${HOLDS_IN_PERIOD}
      WHERE p.org_id = $1 AND p.id = ANY($2) ORDER BY p.id FOR UPDATE OF p`,
    [orgId, wanted],
    'lock_meters',
  );
  const meters = new Map(rows.map((row) => [row.id, meterOf(row)]));
  const granted = rows.filter((row) => row.grants > 0).map((row) => row.id);
  for (const use of await readGrantUses(tx, orgId, granted)) meters.get(use.periodId)?.grants.push(use);
  return meters;
}

const meterOf = (row: MeterRow): Meter => ({
  id: row.id,
  budgetId: row.budget_id,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  enforcing: row.enforcing,
  amount: row.amount_nano,
  hardStop: row.hard_stop_nano,
  granted: row.granted_nano,
  actual: row.actual_nano,
  presumed: row.presumed_nano,
  unpricedUpper: row.unpriced_upper_nano,
  held: row.held_nano,
  observedCharged: row.observed_charged_nano,
  observedHeld: row.observed_held_nano,
  excess: row.excess_nano,
  calls: row.calls,
  unpricedCalls: row.unpriced_calls,
  stopId: row.stop_id,
  nextLevel: row.next_level_ppm,
  raised: null,
  stage: row.stage,
  grants: [],
  changed: false,
  excesses: [],
  spent: new Map(),
});

/**
 * Adds a change to a meter. Where an enforcing budget ends further above its limit than before, the difference becomes an excess
 * of the given cause, so that `Σ excess ≥ committed − limit` after every step. An allow never gets here with a cause to give.
 */
export function meter(m: Meter, change: Change, cause: ExcessCause): void {
  const before = above(m);
  for (const field of ['actual', 'presumed', 'unpricedUpper', 'held', 'observedCharged', 'observedHeld'] as const) {
    const by = change[field];
    if (by) m[field] = nanoUsd(m[field] + by);
  }
  m.calls += change.calls ?? 0n;
  m.unpricedCalls += change.unpricedCalls ?? 0n;
  m.changed = true;
  noteExcess(m, before, cause);
}

/** Writes down by how much a meter is further above its limit than it was. */
export function noteExcess(m: Meter, before: NanoUsd, cause: ExcessCause): void {
  const further = above(m) - before;
  if (!m.enforcing || further <= 0n) return;
  const same = m.excesses.find((each) => each.cause === cause);
  if (same) same.amount = nanoUsd(same.amount + further);
  else m.excesses.push({ cause, amount: nanoUsd(further) });
  m.excess = nanoUsd(m.excess + further);
}

const COLUMNS = {
  actual_nano: 'actual',
  presumed_nano: 'presumed',
  unpriced_upper_nano: 'unpricedUpper',
  held_nano: 'held',
  observed_charged_nano: 'observedCharged',
  observed_held_nano: 'observedHeld',
  excess_nano: 'excess',
  calls: 'calls',
  unpriced_calls: 'unpricedCalls',
  amount_nano: 'amount',
  hard_stop_nano: 'hardStop',
  granted_nano: 'granted',
} as const;

const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
const WRITE = `UPDATE budget_period p SET ${NAMES.map((name) => `${name} = w.${name}`).join(', ')}, stop_id = w.stop_id, enforcing = w.enforcing
  FROM unnest($2::text[], $3::text[], $4::bool[], ${NAMES.map((_, i) => `$${i + 5}::int8[]`).join(', ')}) AS w(id, stop_id, enforcing, ${NAMES.join(', ')})
 WHERE p.org_id = $1 AND p.id = w.id`;

/** Writes the changed meters back, with the excess rows that explain them and the quarters of an hour that they are made of: all sent at once. */
export async function writeMeters(ctx: Context, meters: Iterable<Meter>): Promise<void> {
  const changed = [...meters].filter((each) => each.changed);
  if (changed.length === 0) return;
  const columns = NAMES.map((name) => arrayText(changed.map((each) => each[COLUMNS[name]])));
  const flags = [arrayText(changed.map((each) => each.stopId)), arrayText(changed.map((each) => each.enforcing))];
  await together([
    ctx.tx.query(WRITE, [ctx.orgId, arrayText(changed.map((each) => each.id)), ...flags, ...columns], 'write_meters'),
    writeSpent(
      ctx,
      changed.flatMap((each) => [...each.spent.values()].map((cell) => ({ ...cell, periodId: each.id }))),
    ),
    writeGrantUses(
      ctx,
      changed.flatMap((each) => each.grants),
    ),
    writeExcesses(
      ctx,
      changed.flatMap((each) => each.excesses.map((excess) => ({ ...excess, periodId: each.id }))),
    ),
  ]);
}
