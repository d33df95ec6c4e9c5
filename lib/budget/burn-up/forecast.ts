import { days, type Instant, toIso } from '@/lib/kernel/instant';
import type { Period } from '@/lib/kernel/period';
import { charged, type Figures } from '../figures';
import { runOn, runRate, runwayAt } from '../read/runway';
import type { BurnUpOut } from './schema';

/**
 * Where the straight run rate takes what is charged, at each bucket's end until the period's; and when that reaches the stop.
 * Nothing is expected of a budget that refuses calls.
 */
export function runRateForecast(
  f: Figures,
  span: Period,
  ends: Instant[],
  facts: { dataSince: Instant | null; now: Instant; isStopped: boolean },
): Pick<BurnUpOut, 'forecast' | 'crossing'> {
  const { dataSince, now, isStopped } = facts;
  const rate = isStopped || now >= span.endsAt ? null : runRate(f, span, dataSince, now);
  if (!rate) return { forecast: null, crossing: null };
  const points = ends
    .filter((end) => end > now)
    .map((end) => ({ at: toIso(end), medianNanoUsd: String(charged(f) + runOn(rate, end - now)) }));
  const at = runwayAt(f, span, dataSince, now);
  return {
    forecast: { kind: 'run_rate', points, days: Math.max(1, Math.round(rate.elapsed / days(1))) },
    crossing: at === null || at <= now ? null : { at: toIso(at) },
  };
}
