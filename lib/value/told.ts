import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { type Calendar, dayStart, localDay } from '@/lib/kernel/period';
import type { Told } from './rules';

/** How many local days value is looked at, today among them, and compared with as many before. */
const DAYS = 30;

/** Where the days begin that are looked at, and those before them; `today` is the local day, `YYYY-MM-DD`. */
export type Spans = { today: string; from: Instant; before: Instant };

/** The days that value is looked at now. */
export function spansOf(zone: string, now: Instant): Spans {
  const calendar: Calendar = { zone, weekStart: 1, fiscalYearStart: 1 };
  const today = localDay(calendar, now);
  const back = (count: number): Instant =>
    dayStart(calendar, new Date(Date.parse(`${today}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10));
  return { today, from: back(DAYS - 1), before: back(2 * DAYS - 1) };
}

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
WITH told AS MATERIALIZED (
  SELECT event_id AS key, (array_agg(outcome ORDER BY at DESC) FILTER (WHERE outcome IS NOT NULL))[1] AS outcome,
         (array_agg(quality ORDER BY at DESC) FILTER (WHERE quality IS NOT NULL))[1] AS quality,
         (array_agg(converted ORDER BY at DESC) FILTER (WHERE converted IS NOT NULL))[1] AS converted
    FROM outcome WHERE org_id = $1 AND at >= $2 GROUP BY event_id
), rows AS (
  SELECT t.key, e.id, e.amount_nano, e.booked_at, e.workload, e.traffic_stage, e.feature, e.provider, e.model
    FROM told t JOIN ledger_entry e ON e.org_id = $1 AND e.event_id = t.key AND e.booked_at >= $2
  UNION ALL
  SELECT t.key, e.id, e.amount_nano, e.booked_at, e.workload, e.traffic_stage, e.feature, e.provider, e.model
    FROM told t JOIN ledger_entry e ON e.org_id = $1 AND e.hold_id = t.key AND e.event_id IS NULL AND e.booked_at >= $2
), booked AS (
  SELECT key, sum(amount_nano)::int8 AS cost, min(booked_at) AS booked_at, (array_agg(workload ORDER BY id DESC))[1] AS workload,
         (array_agg(traffic_stage ORDER BY id DESC))[1] AS stage, (array_agg(feature ORDER BY id DESC))[1] AS feature,
         (array_agg(provider ORDER BY id DESC))[1] AS provider, (array_agg(model ORDER BY id DESC))[1] AS model
    FROM rows GROUP BY key
), calls AS (
  SELECT b.*, t.outcome, t.converted, coalesce(t.quality, CASE t.outcome WHEN 'success' THEN 1 WHEN 'failure' THEN 0 END) AS quality
    FROM booked b JOIN told t ON t.key = b.key
)
SELECT workload, stage AS "trafficStage", feature, provider, model, booked_at >= $3 AS "isNow", count(*)::int4 AS calls,
       count(*) FILTER (WHERE outcome IN ('success', 'failure'))::int4 AS known, count(*) FILTER (WHERE outcome = 'success')::int4 AS successes,
       coalesce(sum(cost) FILTER (WHERE outcome IN ('success', 'failure')), 0)::int8 AS "knownCost",
       count(quality)::int4 AS rated, coalesce(sum(quality), 0) AS "qualitySum", coalesce(sum(quality * quality), 0) AS "qualitySquares",
       count(converted)::int4 AS followed, count(*) FILTER (WHERE converted)::int4 AS conversions,
       coalesce(sum(cost) FILTER (WHERE converted IS NOT NULL), 0)::int8 AS "followedCost"
  FROM calls GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`;

/** What came of calls in the last two spans, by workload, stage, feature and model. Only calls of which something is told are read. */
export function readTold(ctx: Context, { from, before }: Spans): Promise<ToldRow[]> {
  return ctx.tx.query<ToldRow>(SQL, [ctx.orgId, toIso(before), toIso(from)], 'value_told');
}

/** Calls and spend with known cost of a workload's stage, in this span and in the one before it. */
export type SpentRow = { workload: string; trafficStage: string; calls: number; spent: NanoUsd; spentBefore: NanoUsd };

/** The same figures as Spend shows for these days, from the same rollups. */
export function readSpent(ctx: Context, { today }: Spans): Promise<SpentRow[]> {
  return ctx.tx.query<SpentRow>(
    `SELECT workload, traffic_stage AS "trafficStage", coalesce(sum(calls) FILTER (WHERE day > $2::date - 30), 0)::int4 AS calls,
            coalesce(sum(amount_nano) FILTER (WHERE day > $2::date - 30), 0)::int8 AS spent,
            coalesce(sum(amount_nano) FILTER (WHERE day <= $2::date - 30), 0)::int8 AS "spentBefore"
       FROM rollup_day WHERE org_id = $1 AND day > $2::date - 60 AND day <= $2::date AND basis IN ('priced', 'stated', 'adjusted')
      GROUP BY 1, 2 ORDER BY spent DESC, 1, 2`,
    [ctx.orgId, today],
  );
}
