import { type Instant, MICROS_PER_MS } from './instant';
import { dayOf, isZone, startOfDay, startOfHour, type Zone, zoneOf } from './zone';

export { isZone };

export const PERIOD_KINDS = ['day', 'week', 'month', 'quarter', 'year'] as const;
/** The kinds of period that repeat. Fixed dates are no kind: they are kept as the two instants they are. */
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** An organisation's calendar: an IANA zone, the first day of its weeks (1 Monday … 7 Sunday), the first month of its fiscal year. */
export type Calendar = {
  readonly zone: string;
  readonly weekStart: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  readonly fiscalYearStart: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;
};

/** A stretch of time: `startsAt` belongs to it, `endsAt` does not. */
export type Period = { readonly startsAt: Instant; readonly endsAt: Instant };

const MS_PER_DAY = 86_400_000;

/** The last period asked for of each kind and shape of calendar, by zone: records of one batch mostly lie in the same one. */
const latest = new WeakMap<Zone, (Period | undefined)[]>();

/**
 * The period of an organisation's calendar that holds an instant. Days begin at local midnight (where the clock skips it, at
 * the first instant after; where it shows it twice, at the first), weeks on `weekStart`, quarters and years with
 * `fiscalYearStart`. Periods of a kind touch without gap or overlap. @throws RangeError for a zone that does not exist.
 */
export function periodAt(kind: PeriodKind, calendar: Calendar, at: Instant): Period {
  const zone = zoneOf(calendar.zone);
  let slots = latest.get(zone);
  if (!slots) {
    slots = [];
    latest.set(zone, slots);
  }
  const slot = slotOf(kind, calendar);
  const last = slots[slot];
  if (last && last.startsAt <= at && at < last.endsAt) return last;
  const [first, next] = daysAround(kind, calendar, dayOf(zone, Math.floor(at / MICROS_PER_MS)));
  const period = Object.freeze({ startsAt: beginning(zone, first), endsAt: beginning(zone, next) });
  slots[slot] = period;
  return period;
}

/** The period after the one that holds an instant. @throws RangeError for a zone that does not exist. */
export const nextPeriod = (kind: PeriodKind, calendar: Calendar, at: Instant): Period =>
  periodAt(kind, calendar, periodAt(kind, calendar, at).endsAt);

/** The local day of an instant, `YYYY-MM-DD`: the day whose period holds it. */
export function localDay(calendar: Calendar, at: Instant): string {
  const day = dayOf(zoneOf(calendar.zone), Math.floor(at / MICROS_PER_MS));
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/**
 * The first instant of a local day. A day that the zone left out (Pacific/Apia, 2011-12-30) begins where the next one does.
 * @throws RangeError when the text is no date `YYYY-MM-DD`.
 */
export function dayStart(calendar: Calendar, day: string): Instant {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(day)) throw new RangeError(`${day} is no date`);
  return beginning(zoneOf(calendar.zone), ms / MS_PER_DAY);
}

/** The first instant of the local hour that holds an instant; an hour never spans a change of offset or two local days. */
export const localHourStart = (calendar: Calendar, at: Instant): Instant =>
  (startOfHour(zoneOf(calendar.zone), Math.floor(at / MICROS_PER_MS)) * MICROS_PER_MS) as Instant;

const beginning = (zone: Zone, day: number): Instant => (startOfDay(zone, day) * MICROS_PER_MS) as Instant;

function slotOf(kind: PeriodKind, calendar: Calendar): number {
  switch (kind) {
    case 'day':
      return 0;
    case 'month':
      return 1;
    case 'week':
      return 1 + calendar.weekStart;
    case 'quarter':
      return 9 + (calendar.fiscalYearStart % 3);
    case 'year':
      return 11 + calendar.fiscalYearStart;
  }
}

/** The first day of the period around a day, and the first of the one after (days since 1970-01-01, a Thursday). */
function daysAround(kind: PeriodKind, calendar: Calendar, day: number): [first: number, next: number] {
  if (kind === 'day') return [day, day + 1];
  if (kind === 'week') {
    const weekday = (((day + 3) % 7) + 7) % 7;
    const first = day - ((weekday - (calendar.weekStart - 1) + 7) % 7);
    return [first, first + 7];
  }
  const months = kind === 'month' ? 1 : kind === 'quarter' ? 3 : 12;
  const date = new Date(day * MS_PER_DAY);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const into = kind === 'month' ? 0 : (month - (calendar.fiscalYearStart - 1)) % months;
  return [firstOfMonth(month - into), firstOfMonth(month - into + months)];
}

const firstOfMonth = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1) / MS_PER_DAY;
