import type { Context } from '@/lib/context';
import { days, hours, type Instant, instant } from '@/lib/kernel/instant';
import { type Calendar, localDay, type Period } from '@/lib/kernel/period';
import { type Grain, grainOf } from '../burn-up/buckets';
import type { BudgetView } from '../read/view';

/** How long the sources of a budget may be silent before that is missing data and not an hour, or a day, without use. */
const SILENCE: Record<Grain, number> = { hour: hours(6), day: days(1) };

/** Which sources have told of which workloads on which days, and when each was last heard of; one that is never asked for is not in it. */
export type Told = { days: { day: string; source: string; workload: string }[]; heard: Map<string, Instant> };

/** What sources have told of the given local days. */
export async function toldOf(ctx: Context, among: readonly string[]): Promise<Told> {
  const days = await ctx.tx.query<Told['days'][number]>(
    `SELECT DISTINCT day, value AS source, workload FROM rollup_label WHERE org_id = $1 AND day = ANY($2::date[]) AND label = 'source'`,
    [ctx.orgId, among],
  );
  const heard = await ctx.tx.query<{ source: string; last: Instant }>(
    'SELECT source, max(greatest(last_occurred_at, last_received_at)) AS last FROM usage_source WHERE org_id = $1 GROUP BY source',
    [ctx.orgId],
  );
  return { days, heard: new Map(heard.map(({ source, last }) => [source, last])) };
}

/** A stretch without data, and the sources that were silent. */
export type Gap = Period & { source: string };

type Scoped = Pick<BudgetView, 'scope'>;

/** The sources that tell of a budget's workload, or of any where it names none. */
export const sourcesOf = ({ scope }: Scoped, days: Told['days']): Set<string> =>
  new Set(days.filter((each) => scope.workload === undefined || each.workload === scope.workload).map((each) => each.source));

/**
 * The stretch up to now (or the period's end) that no source of a budget has told of. A source is silent when nothing at all has come
 * from it, for any workload: a scope without calls while its source goes on sending has spent nothing, and is no gap. Calls that ask
 * first are never missing.
 */
export function silenceOf(budget: Scoped, told: Told, calendar: Calendar, span: Period, now: Instant): Gap | null {
  const [first, ends] = [localDay(calendar, span.startsAt), localDay(calendar, instant(span.endsAt - 1))];
  const inSpan = told.days.filter(({ day }) => day >= first && day <= ends);
  const sources = [...sourcesOf(budget, inSpan)];
  const endsAt = Math.min(now, span.endsAt) as Instant;
  const last = sources.map((source) => told.heard.get(source) ?? endsAt);
  if (last.length === 0) return null;
  const newest = Math.max(...last);
  const startsAt = Math.max(newest, span.startsAt) as Instant;
  return endsAt - newest <= SILENCE[grainOf(span)] || startsAt >= endsAt ? null : { startsAt, endsAt, source: sources.join(', ') };
}

/** Whether anything at all was told, on each of some days, by a source that tells of a budget. */
export function toldOn(budget: Scoped, told: Told, among: readonly string[]): boolean[] {
  const sources = sourcesOf(budget, told.days);
  if ([...sources].some((source) => !told.heard.has(source))) return among.map(() => true);
  const found = new Set(told.days.filter((each) => sources.has(each.source)).map((each) => each.day));
  return among.map((day) => found.has(day));
}
