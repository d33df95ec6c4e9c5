import type { NanoUsd } from '@/lib/kernel/money';
import type { Percent, Verdict } from '../schema';

/** What a local day is judged by. Money in nano-dollars. */
export type DayFacts = {
  /** Spend with known cost, and what must be taken as spent besides. */
  actual: NanoUsd;
  charged: NanoUsd;
  allowance: NanoUsd;
  percent: Percent | null;
  /** How long of the day nothing flowed, and how long the day was, µs. */
  stopped: number;
  length: number;
  calls: number;
  newStops: number;
  unpriced: number;
  staleSources: readonly string[];
  /** The upper edge of the forecast of the period's end, and the limit it must stay under; null where there is no forecast. */
  forecastUpper: NanoUsd | null;
  limit: NanoUsd;
};

/** Up to a tenth over the allowance is to be watched; more is worse. */
const isFarOver = ({ charged, allowance }: DayFacts): boolean => charged * 10n > allowance * 11n;

/**
 * The verdict of a local day, and why. A day on which nothing flowed, or nobody asked for anything, is `held`: zero spend is not
 * stability. Stale or missing data is `inconclusive`, whatever the figures say: what is missing may be the worst of it. `stable` is
 * what is left when nothing speaks against it.
 */
export function verdictOf(f: DayFacts): { verdict: Verdict; because: string } {
  if (f.stopped >= f.length) return { verdict: 'held', because: 'Nothing flowed: the budget was stopped.' };
  if (f.staleSources.length > 0) return { verdict: 'inconclusive', because: `Data is missing from ${f.staleSources.join(', ')}.` };
  if (f.newStops > 0) return { verdict: 'worse', because: 'It was stopped again.' };
  if (isFarOver(f)) return { verdict: 'worse', because: 'More than a tenth over its allowance.' };
  if (f.stopped > 0) return { verdict: 'held', because: 'For a part of the day nothing flowed.' };
  if (f.calls <= 0 || f.actual <= 0n) return { verdict: 'held', because: 'Without demand: no spend is no evidence.' };
  if (f.charged > f.allowance) return { verdict: 'watch', because: 'Over its allowance, by a tenth at most.' };
  if (f.unpriced > 0) return { verdict: 'watch', because: 'Calls without a price.' };
  if (f.forecastUpper !== null && f.forecastUpper > f.limit)
    return { verdict: 'watch', because: 'The forecast’s upper edge is above the limit.' };
  return { verdict: 'stable', because: 'Within its allowance, with demand, on whole data.' };
}
