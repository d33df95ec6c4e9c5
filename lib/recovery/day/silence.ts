import type { Context } from '@/lib/context';
import { days, hours, type Instant, minus, toIso } from '@/lib/kernel/instant';
import { GATEWAY } from '@/lib/workload/through-gateway';

/** A source that says nothing for longer than this may be missing data. */
const SILENCE = hours(6);
/** A source that has not told of a workload for so long is not one of its sources any more. */
const REMEMBERED = days(7);

/** Rows that a decision writes are never missing: only what is reported can be. */
const REPORTED = `e.source NOT IN ('settle', 'hold', '${GATEWAY}')`;

/**
 * The reporting sources of a budget's workload (of any, where it names none) that were silent in [from, to): nothing at all came from
 * them, for any workload, for six hours, and for half as long again as on the best of the three days before. So a source that sleeps
 * every night is not taken for a broken one, and one that is broken does not become the rule.
 */
export async function silentIn(ctx: Context, workload: string | null, from: Instant, to: Instant): Promise<string[]> {
  const marks = [3, 2, 1].map((back) => toIso(minus(from, days(back))));
  const rows = await ctx.tx.query<{ source: string }>(
    `WITH own AS (
       SELECT DISTINCT e.source FROM ledger_entry e
        WHERE e.org_id = $1 AND e.booked_at >= $2::timestamptz AND e.booked_at < $4 AND ${REPORTED} AND ($5::text IS NULL OR e.workload = $5)
     ), told AS (
       SELECT e.source, e.booked_at AS at FROM ledger_entry e JOIN own USING (source)
        WHERE e.org_id = $1 AND e.booked_at >= ($6::timestamptz[])[1] AND e.booked_at < $4
       UNION ALL SELECT source, unnest($6::timestamptz[] || ARRAY[$3, $4]::timestamptz[]) FROM own
     ), gaps AS (
       SELECT source, extract(epoch FROM at - lag(at) OVER (PARTITION BY source ORDER BY at)) AS gap,
              CASE WHEN at > $3 THEN 0 ELSE floor(extract(epoch FROM $3::timestamptz - at) / 86400) + 1 END AS day
         FROM told
     ), longest AS (
       SELECT source, day, max(gap) AS gap FROM gaps WHERE gap IS NOT NULL GROUP BY source, day
     )
     SELECT source FROM longest GROUP BY source
     HAVING max(gap) FILTER (WHERE day = 0) > greatest($7::float8, 1.5 * coalesce(min(gap) FILTER (WHERE day > 0), 0)) ORDER BY source`,
    [...[ctx.orgId, toIso(minus(from, REMEMBERED)), toIso(from), toIso(to), workload, marks], SILENCE / 1_000_000],
  );
  return rows.map((row) => row.source);
}

/** The same for now: sources of the last week that have not been heard of for six hours. Reads one row a source. */
export async function silentNow(ctx: Context, workload: string | null): Promise<string[]> {
  const rows = await ctx.tx.query<{ source: string }>(
    `SELECT u.source FROM usage_source u
      WHERE u.org_id = $1 AND EXISTS (SELECT FROM rollup_label r WHERE r.org_id = u.org_id AND r.label = 'source' AND r.value = u.source
              AND r.day >= $2::timestamptz::date AND ($4::text IS NULL OR r.workload = $4))
      GROUP BY u.source HAVING max(greatest(u.last_occurred_at, u.last_received_at)) < $3 ORDER BY u.source`,
    [ctx.orgId, toIso(minus(ctx.now, REMEMBERED)), toIso(minus(ctx.now, SILENCE)), workload],
  );
  return rows.map((row) => row.source);
}
