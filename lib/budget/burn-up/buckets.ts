import { days, hours, type Instant, plus } from '@/lib/kernel/instant';
import { type Calendar, localHourStart, type Period, periodAt } from '@/lib/kernel/period';

/** How finely a burn-up is drawn: by local hour for a week or less, else by local day. At most some 400 points for every kind of period. */
export type Grain = 'hour' | 'day';

/** A week, and the hour that a change of the clock can add. */
const HOURLY_UP_TO = days(8);

export const grainOf = (span: Period): Grain => (span.endsAt - span.startsAt <= HOURLY_UP_TO ? 'hour' : 'day');

/** The end of the bucket that holds an instant. */
const endAfter = (calendar: Calendar, grain: Grain, at: Instant): Instant => {
  if (grain === 'day') return periodAt('day', calendar, at).endsAt;
  const end = localHourStart(calendar, plus(localHourStart(calendar, at), hours(1)));
  return end > at ? end : plus(at, hours(1));
};

/** The ends of a span's buckets, ascending; the last is the span's own end. */
export function bucketEnds(calendar: Calendar, grain: Grain, span: Period): Instant[] {
  const ends: Instant[] = [];
  for (let at = span.startsAt; at < span.endsAt; ) {
    const end = endAfter(calendar, grain, at);
    at = Math.min(end, span.endsAt) as Instant;
    ends.push(at);
  }
  return ends;
}

/** Whether a span begins and ends where buckets do, so that rollups can answer for it. */
export const isAligned = (calendar: Calendar, grain: Grain, span: Period): boolean =>
  [span.startsAt, span.endsAt].every(
    (at) => (grain === 'day' ? periodAt('day', calendar, at).startsAt : localHourStart(calendar, at)) === at,
  );
