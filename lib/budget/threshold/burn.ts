import { hours, type Instant, type Micros, minutes } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd, type Ppm, ppm, smaller } from '@/lib/kernel/money';
import type { Period } from '@/lib/kernel/period';
import { isReached } from './rules';

/** From this share of the amount on, a burn rate looks at the longer window. */
const LONG_FROM = ppm(0.05);
/** What is charged by the minute is kept for so long; no window is longer. */
export const MINUTES_KEPT = hours(48);
/** A burn rate is confirmed by the last twelfth of its window: what has ended is no burn. */
const TWELFTHS = 12n;

/**
 * The window of a burn rate, µs: 1/720 of the period (an hour of a month) for a share under 5 % of the amount, 1/120 (six hours) from
 * 5 % on; never under twelve minutes, whose twelfth is the minute that is looked at, and never more than is kept.
 */
export function burnWindow(at: Ppm, { startsAt, endsAt }: Period): Micros {
  const share = Math.floor((endsAt - startsAt) / (at < LONG_FROM ? 720 : 120));
  return Math.min(Math.max(share, minutes(12)), MINUTES_KEPT) as Micros;
}

/** The last twelfth of a window, µs. */
export const lastTwelfth = (window: Micros): Micros => Math.floor(window / Number(TWELFTHS)) as Micros;

/** What was charged since a moment, by two counts that each can only say too much: what arrived, and what is booked since then. */
export type SpentSince = { arrived: NanoUsd; booked: NanoUsd };

/** What was spent: late records arrive now and are booked long ago, so that neither count alone tells. */
const spent = ({ arrived, booked }: SpentSince): NanoUsd => smaller(arrived, booked);

/**
 * Whether an amount is being burnt: its share was spent within the window, and at that rate within the last twelfth of it too.
 * Integers are multiplied, nothing is divided or rounded. An amount of 0 burns nothing: every level of it is reached.
 */
export const isBurning = (window: SpentSince, last: SpentSince, amount: NanoUsd, at: Ppm): boolean =>
  amount > 0n && isReached(spent(window), amount, at) && isReached(nanoUsd(spent(last) * TWELFTHS), amount, at);

/** Whether what fired is to be armed again: for one window it was not so. @param metAt when it was last so */
export const isQuiet = (metAt: Instant, window: number, now: Instant): boolean => now - metAt >= window;

/** Whether a forecast reaches the limit within so many days. @param runwayAt when it does; null where not before the period's end */
export const isNear = (runwayAt: Instant | null, withinDays: number, now: Instant): boolean =>
  runwayAt !== null && runwayAt <= now + withinDays * hours(24);
