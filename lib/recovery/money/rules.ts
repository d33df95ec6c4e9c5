import { type CalendarHistory, periodIn } from '@/lib/kernel/calendar-history';
import { type Instant, instant } from '@/lib/kernel/instant';
import { larger, type NanoUsd, nanoUsd, ZERO_USD } from '@/lib/kernel/money';

/** The daily target: what is left under the limit, over the days that are left; rounded down, never below nothing. */
export const targetOf = (limit: NanoUsd, charged: NanoUsd, daysLeft: number): NanoUsd =>
  daysLeft <= 0 ? ZERO_USD : nanoUsd(larger(ZERO_USD, nanoUsd(limit - charged)) / BigInt(daysLeft));

/** A local day as its calendar has it: 23, 24 or 25 hours, or what a change of zone leaves of one. */
export type LocalDay = { startsAt: Instant; endsAt: Instant };

/** The local days that a stretch of time touches, in their order; each ends where the next begins. */
export function daysTouched(calendar: CalendarHistory, from: Instant, to: Instant): LocalDay[] {
  const found: LocalDay[] = [];
  for (let at = from; at < to; at = (found.at(-1) as LocalDay).endsAt) found.push(periodIn('day', calendar, at));
  return found;
}

/** The whole local days between two instants. */
export const wholeDays = (calendar: CalendarHistory, from: Instant, to: Instant): LocalDay[] =>
  daysTouched(calendar, from, to).filter((day) => day.startsAt >= from && day.endsAt <= to);

/** How many local days are left until an instant, today among them. */
export const daysLeft = (calendar: CalendarHistory, now: Instant, until: Instant): number =>
  now >= until ? 0 : daysTouched(calendar, now, instant(until)).length;
