import type { Dimension } from '@/lib/insight/dimensions';
import type { Granularity } from '@/lib/insight/plan';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { Calendar } from '@/lib/kernel/period';
import { daysIn, isDay, type Range, rangeOf, type Stretch } from './range';
import type { View, Where } from './state';

/** The most buckets of a picture of bars. */
const MOST_BARS = 100;
const DAYS_EACH: Record<Granularity, number> = { hour: 1 / 24, day: 1, week: 7, month: 30 };

/** What a view asks for: its range, how time is cut, and what a call must have. */
export type Explored = { range: Range; granularity: Granularity; by: Dimension[]; where: Where[] };

/** Reads a view at a moment. A way to cut time that the range is too long for gives way to the automatic one. */
export function explored(view: View, calendar: Calendar, now: Instant): Explored {
  const custom = isDay(view.first) && isDay(view.last) ? { first: view.first, last: view.last } : null;
  const range = rangeOf(view.range, custom, calendar, now);
  const fitting = granularitiesFor(range, calendar);
  const granularity = view.grain !== 'auto' && fitting.includes(view.grain) ? view.grain : automatic(range, calendar);
  return { range, granularity, by: view.by.length > 0 ? view.by : ['model'], where: view.where };
}

/** The ways to cut a range that leave at most a hundred buckets. */
export function granularitiesFor(range: Stretch, calendar: Calendar): Granularity[] {
  const days = daysIn(calendar, range);
  const all = (Object.keys(DAYS_EACH) as Granularity[]).filter((each) => days / DAYS_EACH[each] <= MOST_BARS);
  return all.length > 0 ? all : ['month'];
}

function automatic(range: Stretch, calendar: Calendar): Granularity {
  const days = daysIn(calendar, range);
  if (days <= 2) return 'hour';
  return days <= MOST_BARS ? 'day' : days <= 7 * MOST_BARS ? 'week' : 'month';
}

/** The part of a query that says which calls: `from`, `to` and the filters, as the API and its files take it. */
export function selectionQuery({ from, to }: Stretch, where: readonly Where[]): URLSearchParams {
  const query = new URLSearchParams({ from: toIso(from), to: toIso(to) });
  for (const { dimension, values } of where) query.set(dimension.replace(/^tag:/, 'tag.'), values.join(','));
  return query;
}

/** A question to `GET /api/v1/spend` as its query. */
export function spendQueryOf(stretch: Stretch, where: readonly Where[], by: readonly Dimension[], granularity?: Granularity): string {
  const query = selectionQuery(stretch, where);
  if (by.length > 0) query.set('groupBy', by.join(','));
  if (granularity) query.set('granularity', granularity);
  return String(query);
}

/** Filters with one more: a dimension that is filtered already takes the new values instead. */
export const narrowed = (where: readonly Where[], dimension: Dimension, values: string[]): Where[] => [
  ...where.filter((each) => each.dimension !== dimension),
  ...(values.length > 0 ? [{ dimension, values }] : []),
];

/** All questions of one view, as queries: the figures, those of the range before, and what the dearest group is made of. */
export function questionsOf({ range, granularity, by, where }: Explored) {
  return {
    main: spendQueryOf(range, where, by, granularity),
    before: spendQueryOf(range.before, where, by),
  };
}

/** The question that names the second half of the first line: what the dearest group is spent for. Null where it is clear already. */
export function insideQuery({ range, by, where }: Explored, dearest: Record<string, string> | undefined): string | null {
  const [dimension] = by;
  if (by.length !== 1 || dimension === undefined || dearest === undefined) return null;
  const other: Dimension = dimension === 'workload' ? 'model' : 'workload';
  return spendQueryOf(range, narrowed(where, dimension, [dearest[dimension] ?? '']), [other]);
}
