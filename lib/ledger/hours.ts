import { type Instant, instant } from '@/lib/kernel/instant';
import { type Calendar, localHourStart } from '@/lib/kernel/period';

const HOUR = 3_600_000_000;

/** The start of the local hour after the one that starts here. Hours beside a change of offset are shorter than others. */
export function nextHour(calendar: Calendar, start: Instant): Instant {
  let next = localHourStart(calendar, instant(start + HOUR));
  for (let before = localHourStart(calendar, instant(next - 1)); before > start; before = localHourStart(calendar, instant(next - 1))) {
    next = before;
  }
  return next;
}

/** The starts of all local hours that touch [from, to], without a gap. */
export function hourStarts(calendar: Calendar, from: Instant, to: Instant): Instant[] {
  const starts: Instant[] = [];
  for (let at = localHourStart(calendar, from); at <= to; at = nextHour(calendar, at)) starts.push(at);
  return starts;
}
