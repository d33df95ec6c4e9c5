import type { Instant } from './instant';
import { type Calendar, type Period, type PeriodKind, periodAt } from './period';

/** A calendar that an organisation has left, and when. */
export type PastCalendar = Calendar & { readonly until: Instant };

/** The calendar of now, with those before it in the order in which they were left. */
export type CalendarHistory = Calendar & { readonly past: readonly PastCalendar[] };

/**
 * The period that holds an instant, of an organisation whose calendar may have changed. A period that had begun when its calendar
 * was left runs to its end; the next begins there and ends where the new calendar has its first boundary after that. So periods of a
 * kind touch without gap or overlap, and no change moves one that had begun. @throws RangeError for a zone that does not exist
 */
export function periodIn(kind: PeriodKind, calendar: CalendarHistory, at: Instant): Period {
  let from = Number.NEGATIVE_INFINITY as Instant;
  for (const each of calendar.past) {
    // Left before the period of the calendar before it had ended: nothing ever ran by it.
    if (each.until < from) continue;
    const { endsAt } = periodAt(kind, each, each.until);
    if (at < endsAt) return notBefore(from, periodAt(kind, each, at));
    from = endsAt;
  }
  return notBefore(from, periodAt(kind, calendar, at));
}

const notBefore = (from: Instant, period: Period): Period => (period.startsAt < from ? { ...period, startsAt: from } : period);
