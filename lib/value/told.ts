import type { Context } from '@/lib/context';
import { days, type Instant, minus, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Told } from './rules';

/** How far back value is looked at, and compared with as much before it. */
export const SPAN = days(30);

/** What is told of one model's calls in one feature, of this span or of the one before it. */
export type ToldRow = Told & {
  workload: string;
  trafficStage: string;
  feature: string;
  provider: string;
  model: string;
  isNow: boolean;
  calls: number;
};

const SQL = `
WITH told AS (
  SELECT event_id AS key, (array_agg(outcome ORDER BY at DESC) FILTER (WHERE outcome IS NOT NULL))[1] AS outcome,
         (array_agg(quality ORDER BY at DESC) FILTER (WHERE quality IS NOT NULL))[1] AS quality,
         (array_agg(converted ORDER BY at DESC) FILTER (WHERE converted IS NOT NULL))[1] AS converted
    FROM outcome WHERE org_id = $1 AND at >= $2 GROUP BY event_id
), calls AS (
  SELECT e.*, t.outcome, t.converted, coalesce(t.quality, CASE t.outcome WHEN 'success' THEN 1 WHEN 'failure' THEN 0 END) AS quality
    FROM told t CROSS JOIN LATERAL (
      SELECT sum(r.amount_nano)::int8 AS cost, min(r.booked_at) AS booked_at, (array_agg(r.workload ORDER BY r.id DESC))[1] AS workload,
             (array_agg(r.traffic_stage ORDER BY r.id DESC))[1] AS stage, (array_agg(r.feature ORDER BY r.id DESC))[1] AS feature,
             (array_agg(r.provider ORDER BY r.id DESC))[1] AS provider, (array_agg(r.model ORDER BY r.id DESC))[1] AS model
        FROM (SELECT * FROM ledger_entry WHERE org_id = $1 AND event_id = t.key
              UNION ALL SELECT * FROM ledger_entry WHERE org_id = $1 AND hold_id = t.key AND event_id IS NULL) r) e
   WHERE e.booked_at >= $2
)
SELECT workload, stage AS "trafficStage", feature, provider, model, booked_at >= $3 AS "isNow", count(*)::int4 AS calls,
       count(*) FILTER (WHERE outcome IN ('success', 'failure'))::int4 AS known, count(*) FILTER (WHERE outcome = 'success')::int4 AS successes,
       coalesce(sum(cost) FILTER (WHERE outcome IN ('success', 'failure')), 0)::int8 AS "knownCost",
       count(quality)::int4 AS rated, coalesce(sum(quality), 0) AS "qualitySum", coalesce(sum(quality * quality), 0) AS "qualitySquares",
       count(converted)::int4 AS followed, count(*) FILTER (WHERE converted)::int4 AS conversions,
       coalesce(sum(cost) FILTER (WHERE converted IS NOT NULL), 0)::int8 AS "followedCost"
  FROM calls GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`;

/** What came of calls in the last two spans, by workload, stage, feature and model. Only calls of which something is told are read. */
export function readTold(ctx: Context): Promise<ToldRow[]> {
  const from: Instant = minus(ctx.now, SPAN);
  return ctx.tx.query<ToldRow>(SQL, [ctx.orgId, toIso(minus(from, SPAN)), toIso(from)], 'value_told');
}

/** Calls and spend with known cost of a workload's stage, in this span and in the one before it. */
export type SpentRow = { workload: string; trafficStage: string; calls: number; spent: NanoUsd; spentBefore: NanoUsd };

/** The same figures as Spend shows for these days, from the same rollups. @param today the organisation's day, `YYYY-MM-DD` */
export function readSpent(ctx: Context, today: string): Promise<SpentRow[]> {
  return ctx.tx.query<SpentRow>(
    `SELECT workload, traffic_stage AS "trafficStage", coalesce(sum(calls) FILTER (WHERE day > $2::date - 30), 0)::int4 AS calls,
            coalesce(sum(amount_nano) FILTER (WHERE day > $2::date - 30), 0)::int8 AS spent,
            coalesce(sum(amount_nano) FILTER (WHERE day <= $2::date - 30), 0)::int8 AS "spentBefore"
       FROM rollup_day WHERE org_id = $1 AND day > $2::date - 60 AND day <= $2::date AND basis IN ('priced', 'stated', 'adjusted')
      GROUP BY 1, 2 ORDER BY spent DESC, 1, 2`,
    [ctx.orgId, today],
  );
}
