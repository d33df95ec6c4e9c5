import { type Instant, type Micros, minutes, plus, seconds } from '@/lib/kernel/instant';

/** The rests between attempts: soon at first, for a receiver that restarts; then for about a day, for one that is being mended. */
const RESTS: readonly Micros[] = [
  ...[seconds(1), seconds(5), seconds(30), minutes(2), minutes(10), minutes(30)],
  ...[minutes(60), minutes(180), minutes(360), minutes(720)],
];

/** How often a notice is tried before it is left to a person. */
export const MOST_ATTEMPTS = RESTS.length + 1;

/**
 * When a notice is tried again after an attempt failed; null when a person must say so.
 * @param n which attempt it was, from 1 · @param at when it ended · @param askedFor a rest the receiver asked for
 */
export function nextAttempt(n: number, at: Instant, askedFor: Micros | null = null): Instant | null {
  const rest = RESTS[n - 1];
  if (rest === undefined) return null;
  return plus(at, askedFor !== null && askedFor > rest ? askedFor : rest);
}
