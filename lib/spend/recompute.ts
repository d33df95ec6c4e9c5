import { COVERS_ENTRY } from '@/lib/budget/covers-sql';
import { spentSql } from '@/lib/budget/spent/from-ledger';
import type { Tx } from '@/lib/db';

/** What rows say a period's figures are: nano-dollars and counts. */
export type RecomputedPeriod = {
  id: string;
  budgetId: string;
  actual: bigint;
  presumed: bigint;
  unpricedUpper: bigint;
  held: bigint;
  observedCharged: bigint;
  observedHeld: bigint;
  calls: bigint;
  unpricedCalls: bigint;
  /** Σ of the excess rows, and the amounts of the last change of the limit. */
  excess: bigint;
  amount: bigint;
  hardStop: bigint;
  granted: bigint;
};

const FIGURES = [
  ...['actual', 'presumed', 'unpricedUpper', 'held', 'observedCharged', 'observedHeld'],
  ...['calls', 'unpricedCalls', 'excess', 'amount', 'hardStop', 'granted'],
] as (keyof Omit<RecomputedPeriod, 'id' | 'budgetId'>)[];

/** Rows that a hold's end wrote: what is repriced later counts as everyone's. */
const OF_HOLD = `e.kind IN ('settlement', 'presumed', 'correction')`;

const SQL = `
WITH wanted AS (
  SELECT p.id, p.budget_id, p.starts_at, p.ends_at, p.enforcing FROM budget_period p JOIN budget b ON b.org_id = p.org_id AND b.id = p.budget_id
   WHERE p.org_id = $1 AND b.ended_at IS NULL AND ($2::text[] IS NULL OR p.id = ANY($2))
), spent AS (
  SELECT p.id, sum(e.amount_nano) FILTER (WHERE e.basis IN ('priced', 'stated', 'adjusted')) AS actual,
         sum(e.amount_nano) FILTER (WHERE e.basis = 'presumed') AS presumed, sum(e.amount_nano) FILTER (WHERE e.basis = 'unpriced') AS unpriced,
         sum(e.calls) AS calls, sum(e.calls) FILTER (WHERE e.basis = 'unpriced') AS unpriced_calls,
         sum(e.amount_nano) FILTER (WHERE p.id = ANY(h.observed_ids)) AS observed
    FROM wanted p JOIN budget b ON b.org_id = $1 AND b.id = p.budget_id
    JOIN ledger_entry e ON e.org_id = $1 AND e.booked_at >= p.starts_at AND e.booked_at < p.ends_at AND ${COVERS_ENTRY}
    LEFT JOIN hold h ON h.org_id = $1 AND h.id = e.hold_id
   GROUP BY p.id
), held AS (
  SELECT p.id, sum(h.held_nano) AS held, sum(h.held_nano) FILTER (WHERE p.id = ANY(h.observed_ids)) AS observed
    FROM wanted p JOIN hold h ON h.org_id = $1 AND h.state = 'open' AND p.id = ANY(h.period_ids) GROUP BY p.id
), explained AS (
  SELECT period_id AS id, sum(amount_nano) AS excess FROM excess WHERE org_id = $1 GROUP BY period_id
), limits AS (
  SELECT DISTINCT ON (period_id) period_id AS id, amount_nano, hard_stop_nano FROM limit_change WHERE org_id = $1 ORDER BY period_id, at DESC
), granted AS (
  SELECT period_id AS id, sum(CASE WHEN state = 'open' THEN amount_nano ELSE greatest(0, least(amount_nano, spent)) END)::int8 AS nano
    FROM (SELECT g.period_id, g.state, g.amount_nano, (SELECT coalesce(sum(e.amount_nano), 0) FROM hold_grant u
            JOIN ledger_entry e ON e.org_id = u.org_id AND e.hold_id = u.hold_id AND ${OF_HOLD} WHERE u.org_id = $1 AND u.grant_id = g.id) AS spent
            FROM budget_grant g WHERE g.org_id = $1 AND g.approved_at IS NOT NULL) w GROUP BY period_id
)
SELECT p.id, p.budget_id AS "budgetId", coalesce(s.actual, 0)::int8 AS actual, coalesce(s.presumed, 0)::int8 AS presumed,
       coalesce(s.unpriced, 0)::int8 AS "unpricedUpper", coalesce(h.held, 0)::int8 AS held, coalesce(s.observed, 0)::int8 AS "observedCharged",
       coalesce(h.observed, 0)::int8 AS "observedHeld", coalesce(s.calls, 0)::int8 AS calls, coalesce(s.unpriced_calls, 0)::int8 AS "unpricedCalls",
       coalesce(x.excess, 0)::int8 AS excess, l.amount_nano AS amount, l.hard_stop_nano AS "hardStop", coalesce(g.nano, 0)::int8 AS granted
  FROM wanted p LEFT JOIN spent s USING (id) LEFT JOIN held h USING (id) LEFT JOIN explained x USING (id) LEFT JOIN limits l USING (id) LEFT JOIN granted g USING (id) ORDER BY p.id`;

/**
 * The figures of periods, worked out anew from ledger rows, open holds, excess and changes of the limit: in SQL, by another way than
 * the one that keeps them. A budget that has ended is left out: what is booked after its end is not its own.
 * @param periodIds which; all without it
 */
export const figuresFromRows = (tx: Tx, orgId: string, periodIds?: string[]): Promise<RecomputedPeriod[]> =>
  tx.query<RecomputedPeriod>(SQL, [orgId, periodIds ?? null]);

/** A figure that is kept otherwise than its rows say. */
export type Difference = {
  subject: 'period' | 'key' | 'grant';
  id: string;
  figure: string;
  kept: bigint | null;
  recomputed: bigint | null;
};

/**
 * Works out every money figure of period rows, their quarters of an hour, and what keys hold open, from their rows, and lists what
 * differs: nothing, while every promise holds. Take the budget set alone first for an answer that no writer is in the middle of.
 * @param periodIds which periods; without it all, and the keys too
 */
export async function recomputePeriods(tx: Tx, orgId: string, periodIds?: string[]): Promise<Difference[]> {
  const recomputed = await figuresFromRows(tx, orgId, periodIds);
  const kept = await tx.query<RecomputedPeriod>(
    `SELECT id, budget_id AS "budgetId", actual_nano AS actual, presumed_nano AS presumed, unpriced_upper_nano AS "unpricedUpper", held_nano AS held,
            observed_charged_nano AS "observedCharged", observed_held_nano AS "observedHeld", calls, unpriced_calls AS "unpricedCalls",
            excess_nano AS excess, amount_nano AS amount, hard_stop_nano AS "hardStop", granted_nano AS granted
       FROM budget_period WHERE org_id = $1 AND id = ANY($2)`,
    [orgId, recomputed.map((each) => each.id)],
  );
  const byId = new Map(kept.map((each) => [each.id, each]));
  const differences = recomputed.flatMap((period) =>
    FIGURES.flatMap((figure): Difference[] => {
      const own = byId.get(period.id)?.[figure] ?? null;
      return own === period[figure] ? [] : [{ subject: 'period', id: period.id, figure, kept: own, recomputed: period[figure] }];
    }),
  );
  differences.push(...(await recomputeSpent(tx, orgId, periodIds)));
  return periodIds ? differences : [...differences, ...(await recomputeExposures(tx, orgId)), ...(await recomputeGrants(tx, orgId))];
}

const MOST = 100;

/** Every quarter of an hour of a period, by basis and price: its money, its rows, and when the newest of them came in. */
async function recomputeSpent(tx: Tx, orgId: string, periodIds?: string[]): Promise<Difference[]> {
  const wanted = 'p.org_id = $1 AND b.ended_at IS NULL AND ($2::text[] IS NULL OR p.id = ANY($2))';
  const rows = await tx.query<Omit<Difference, 'subject'>>(
    `WITH told AS (${spentSql(wanted)}), kept AS (
       SELECT s.* FROM period_spend s JOIN budget_period p ON p.org_id = s.org_id AND p.id = s.period_id
         JOIN budget b ON b.org_id = p.org_id AND b.id = p.budget_id WHERE ${wanted})
     SELECT period_id AS id, concat_ws(' ', d.figure, at, basis, price_ref) AS figure, d.kept, d.recomputed
       FROM told FULL JOIN kept USING (period_id, at, basis, price_ref)
      CROSS JOIN LATERAL (VALUES ('spent', kept.amount_nano, told.amount_nano), ('entries', kept.entries, told.entries),
                                 ('newest', (extract(epoch FROM kept.fresh_at) * 1e6)::int8, (extract(epoch FROM told.fresh_at) * 1e6)::int8))
                 AS d(figure, kept, recomputed)
      WHERE d.kept IS DISTINCT FROM d.recomputed ORDER BY 1, 2 LIMIT ${MOST}`,
    [orgId, periodIds ?? null],
  );
  return rows.map((row) => ({ subject: 'period', ...row }));
}

async function recomputeExposures(tx: Tx, orgId: string): Promise<Difference[]> {
  const rows = await tx.query<{ id: string; kept: bigint; keptObserved: bigint; held: bigint; observed: bigint }>(
    `SELECT coalesce(e.api_key_id, h.api_key_id) AS id, coalesce(e.held_nano, 0) AS kept, coalesce(e.observed_nano, 0) AS "keptObserved",
            coalesce(h.held, 0)::int8 AS held, coalesce(h.observed, 0)::int8 AS observed
       FROM (SELECT api_key_id, held_nano, observed_nano FROM key_exposure WHERE org_id = $1) e
       FULL JOIN (SELECT api_key_id, sum(held_nano) AS held, coalesce(sum(held_nano) FILTER (WHERE cardinality(observed_ids) > 0), 0) AS observed
                    FROM hold WHERE org_id = $1 AND state = 'open' GROUP BY api_key_id) h ON h.api_key_id = e.api_key_id ORDER BY 1`,
    [orgId],
  );
  return rows.flatMap(({ id, kept, keptObserved, held, observed }): Difference[] => [
    ...(kept === held ? [] : [{ subject: 'key' as const, id, figure: 'held', kept, recomputed: held }]),
    ...(keptObserved === observed ? [] : [{ subject: 'key' as const, id, figure: 'observed', kept: keptObserved, recomputed: observed }]),
  ]);
}

async function recomputeGrants(tx: Tx, orgId: string): Promise<Difference[]> {
  const rows = await tx.query<{ id: string; kept: bigint; keptHeld: bigint; charged: bigint; held: bigint }>(
    `SELECT g.id, g.charged_nano AS kept, g.held_nano AS "keptHeld",
            (SELECT coalesce(sum(e.amount_nano), 0)::int8 FROM hold_grant u
               JOIN ledger_entry e ON e.org_id = u.org_id AND e.hold_id = u.hold_id AND ${OF_HOLD} WHERE u.org_id = $1 AND u.grant_id = g.id) AS charged,
            (SELECT coalesce(sum(h.held_nano), 0)::int8 FROM hold_grant u
               JOIN hold h ON h.org_id = u.org_id AND h.id = u.hold_id AND h.state = 'open' WHERE u.org_id = $1 AND u.grant_id = g.id) AS held
       FROM budget_grant g WHERE g.org_id = $1 ORDER BY g.id`,
    [orgId],
  );
  return rows.flatMap(({ id, kept, keptHeld, charged, held }): Difference[] => [
    ...(kept === charged ? [] : [{ subject: 'grant' as const, id, figure: 'charged', kept, recomputed: charged }]),
    ...(keptHeld === held ? [] : [{ subject: 'grant' as const, id, figure: 'held', kept: keptHeld, recomputed: held }]),
  ]);
}
