import { days, type Instant, minus, plus } from '@/lib/kernel/instant';
import { type Calendar, dayStart, localDay, type PeriodKind, periodAt } from '@/lib/kernel/period';

/** Ranges by name, in the organisation's calendar, in the order of the list. `custom` is from one day to another, both in it. */
export const RANGES = [
  'today',
  'yesterday',
  'last_7_days',
  'last_30_days',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'custom',
] as const;
export type RangeName = (typeof RANGES)[number];

/** How each is said in a sentence; `custom` is said by its dates. */
export const RANGE_WORDS: Record<Exclude<RangeName, 'custom'>, string> = {
  today: 'today',
  yesterday: 'yesterday',
  last_7_days: 'in the last 7 days',
  last_30_days: 'in the last 30 days',
  this_week: 'this week',
  last_week: 'last week',
  this_month: 'this month',
  last_month: 'last month',
  this_quarter: 'this quarter',
  last_quarter: 'last quarter',
  this_year: 'this year',
};

export type Stretch = { from: Instant; to: Instant };

/** A range with the one before it. `isOver` is false while it still grows. */
export type Range = Stretch & { isOver: boolean; before: Stretch };

/** Local days `YYYY-MM-DD`, both included. */
export type CustomDays = { first: string; last: string };

/**
 * The stretch that a name stands for. What reaches past today ends with today: days to come are not zero, they are not yet.
 * @param custom for the name `custom`; a first day after the last makes the two change places
 */
export function rangeOf(name: RangeName, custom: CustomDays | null, calendar: Calendar, now: Instant): Range {
  const today = periodAt('day', calendar, now);
  if (name === 'custom' && custom) {
    const [first, last] = custom.first <= custom.last ? [custom.first, custom.last] : [custom.last, custom.first];
    const to = earlier(dayAfter(calendar, last), today.endsAt);
    const from = earlier(dayStart(calendar, first), minus(to, days(1)));
    return byDays({ from, to }, calendar, now);
  }
  if (name === 'today') return byDays({ from: today.startsAt, to: today.endsAt }, calendar, now);
  if (name === 'yesterday') return byDays({ from: daysBefore(calendar, today.startsAt, 1), to: today.startsAt }, calendar, now);
  if (name === 'last_7_days') return byDays({ from: daysBefore(calendar, today.startsAt, 6), to: today.endsAt }, calendar, now);
  if (name === 'last_30_days') return byDays({ from: daysBefore(calendar, today.startsAt, 29), to: today.endsAt }, calendar, now);
  const [which, kind] = (name === 'custom' ? 'this_month' : name).split('_') as ['this' | 'last', PeriodKind];
  const current = periodAt(kind, calendar, now);
  const last = before(kind, calendar, current.startsAt);
  if (which === 'last') {
    const one = before(kind, calendar, last.startsAt);
    return { from: last.startsAt, to: last.endsAt, isOver: true, before: { from: one.startsAt, to: one.endsAt } };
  }
  const to = earlier(current.endsAt, today.endsAt);
  const sameTime = sinceThen(calendar, current.startsAt, last.startsAt, now);
  return { from: current.startsAt, to, isOver: false, before: { from: last.startsAt, to: earlier(sameTime, last.endsAt) } };
}

/** A range of whole days, with as many days before it; while it grows, up to the same time of day. */
function byDays(range: Stretch, calendar: Calendar, now: Instant): Range {
  const isOver = range.to <= now;
  const start = daysBefore(calendar, range.from, daysIn(calendar, range));
  const to = isOver ? range.from : sinceThen(calendar, range.from, start, now);
  return { ...range, isOver, before: { from: start, to: earlier(to, range.from) } };
}

/** The moment that lies as many local days and as much of a day after `other` as `now` lies after `from`. */
function sinceThen(calendar: Calendar, from: Instant, other: Instant, now: Instant): Instant {
  const today = periodAt('day', calendar, now).startsAt;
  const day = shiftDay(localDay(calendar, other), daysIn(calendar, { from, to: today }));
  return plus(dayStart(calendar, day), minutesInto(today, now));
}

/** Whole minutes, so that a page read twice in a minute asks the same. */
const minutesInto = (from: Instant, to: Instant) => (Math.floor((to - from) / 60_000_000) * 60_000_000) as ReturnType<typeof days>;

const before = (kind: PeriodKind, calendar: Calendar, startsAt: Instant) => periodAt(kind, calendar, (startsAt - 1) as Instant);
const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
const MS_PER_DAY = 86_400_000;

const shiftDay = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * MS_PER_DAY).toISOString().slice(0, 10);
const dayAfter = (calendar: Calendar, day: string): Instant => dayStart(calendar, shiftDay(day, 1));
const daysBefore = (calendar: Calendar, at: Instant, count: number): Instant =>
  dayStart(calendar, shiftDay(localDay(calendar, at), -count));

/** How many local days a stretch has that begins and ends with one. */
export const daysIn = (calendar: Calendar, { from, to }: Stretch): number =>
  Math.round((Date.parse(`${localDay(calendar, to)}T00:00:00Z`) - Date.parse(`${localDay(calendar, from)}T00:00:00Z`)) / MS_PER_DAY);

/** Whether a text is a local day that exists. */
export const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && shiftDay(text, 0) === text;
