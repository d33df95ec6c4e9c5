import { type Curve, reaches, valueAt } from '@/lib/forecast/curve';
import type { Outlook } from '@/lib/forecast/outlook';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { type Level, type Limit, levelName, levelUnder, type Pin } from './lines';
import type { BurnUpOut } from './schema';

const text = (nano: NanoUsd | null): string | null => (nano === null ? null : String(nano));
const iso = (at: Instant | null): string | null => (at === null ? null : toIso(at));

/** A forecast as the picture draws it: at each bucket's end from where data ends on, and where it reaches the stop. */
export function aheadOf(
  { kind, days, curve, runway, track }: Outlook,
  ends: Instant[],
  now: Instant,
): Pick<BurnUpOut, 'forecast' | 'crossing'> {
  const [first] = curve;
  if (kind === 'none' || !first) return { forecast: null, crossing: null };
  const points = ends.flatMap((end) => {
    const median = end > first.at ? valueAt(curve, 'median', end) : null;
    if (median === null) return [];
    const [low, high] = [valueAt(curve, 'low', end), valueAt(curve, 'high', end)];
    return [{ at: toIso(end), medianNanoUsd: String(median), lowNanoUsd: text(low), highNanoUsd: text(high) }];
  });
  const { at, earliest, latest } = runway;
  return {
    forecast: { kind, points, days, track },
    // What is at its limit already crosses nothing any more.
    crossing: at === null || at <= now ? null : { at: toIso(at), earliest: iso(earliest), latest: iso(latest) },
  };
}

/** When the forecast will stand at each level that what is charged has not reached yet. */
export function duePins(curve: Curve, levels: Level[], limit: Limit, now: Instant): Pin[] {
  const charged = curve[0]?.median;
  if (charged === undefined) return [];
  return levels.flatMap((level) => {
    const amount = levelUnder(level, limit);
    const at = charged < amount ? reaches(curve, 'median', amount) : null;
    if (at === null || at <= now) return [];
    return [{ at, kind: level.kind === 'stop' ? 'stop' : 'threshold', label: `${levelName(level)} due` }];
  });
}
