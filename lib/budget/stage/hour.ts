import { hours, type Instant, instant, plus } from '@/lib/kernel/instant';
import { type Calendar, localHourStart, type Period } from '@/lib/kernel/period';

/**
 * The hour of a resume step that holds an instant: a local hour, which never spans a change of offset or two local days. The first
 * begins with the step, so that nothing spent before counts against it. Null before the step began.
 */
export function stageHour(calendar: Calendar, begunAt: Instant, at: Instant): Period | null {
  if (at < begunAt) return null;
  const start = localHourStart(calendar, at);
  const whole = plus(start, hours(1));
  const last = localHourStart(calendar, instant(whole - 1));
  return { startsAt: start < begunAt ? begunAt : start, endsAt: last > start ? last : whole };
}
