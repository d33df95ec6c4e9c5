import type { Context } from '@/lib/context';
import { days, hours, type Instant, instant, toIso } from '@/lib/kernel/instant';
import { type Calendar, localDay, type Period } from '@/lib/kernel/period';
import type { BudgetView } from '../read/view';
import type { Grain } from './buckets';
import type { BurnUpOut } from './schema';

/** How long the sources of a burn-up may be silent before that is missing data and not an hour, or a day, without use. */
const SILENCE = { hour: hours(6), day: days(1) } as const;

type Source = { source: string; last: Instant | null };

/**
 * The stretch up to now that no source of the budget's workload (or of the organisation, where it names none) has told of. A source is silent when nothing at all has come from it, for any workload: a
 * scope without calls while its source goes on sending has spent nothing, and is no gap. Calls that ask first are never missing.
 */
export async function silentGaps(
  ctx: Context,
  budget: BudgetView,
  calendar: Calendar,
  span: Period,
  grain: Grain,
): Promise<BurnUpOut['gaps']> {
  const rows = await ctx.tx.query<Source>(
    `SELECT f.source, (SELECT max(greatest(u.last_occurred_at, u.last_received_at)) FROM usage_source u WHERE u.org_id = $1 AND u.source = f.source) AS last
       FROM (SELECT DISTINCT value AS source FROM rollup_label
              WHERE org_id = $1 AND day >= $2::date AND day <= $3::date AND label = 'source' AND ($4::text IS NULL OR workload = $4)) f`,
    [ctx.orgId, localDay(calendar, span.startsAt), localDay(calendar, instant(span.endsAt - 1)), budget.scope.workload ?? null],
  );
  const to = Math.min(ctx.now, span.endsAt) as Instant;
  if (rows.length === 0 || rows.some(({ last }) => last === null || to - last <= SILENCE[grain])) return [];
  const newest = rows.reduce((a, b) => ((a.last ?? 0) >= (b.last ?? 0) ? a : b));
  const from = Math.max(newest.last ?? span.startsAt, span.startsAt) as Instant;
  return from < to ? [{ from: toIso(from), to: toIso(to), source: rows.map((row) => row.source).join(', ') }] : [];
}
