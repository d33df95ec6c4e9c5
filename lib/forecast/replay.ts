import { adaptiveWidth, isHeld, type Judged } from './conformal';
import { expectDays, runningSum } from './expect-days';
import { type Days, WEEK } from './models';

/** How many days ahead past forecasts are held against what came; what lies between is between their widths. */
const AHEAD = [1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28, 42, 56, 84];
/** Fewer bands than this say nothing of how often they hold. */
const LEAST_JUDGED = 10;
/** As many of the newest bands are told of: about a month of daily ones. */
const TOLD = 31;

/** How past forecasts have done: so many days ahead, how many bands there were, how many held, and the middle of how far they were off, as a share. */
export type Track = { daysAhead: number; forecasts: number; held: number; medianError: number };

/** How wide the band is so many days ahead, as a share of what is expected until then; and how past ones have done. */
export type Replay = { widths: { daysAhead: number; share: number }[]; judged: Map<number, Judged[]> };

/** How far a sum was off, as a share of what was expected; null where a day of it is not known. */
function errorOf(expected: number, days: Days): number | null {
  let came = 0;
  for (const day of days) {
    if (day === null) return null;
    came += day;
  }
  if (expected <= 0) return came === expected ? 0 : 1;
  return Math.abs(came - expected) / expected;
}

/**
 * Says again what would have been said on each past day with what was known then, from the second week on, and holds it against what
 * came: the errors that make today's band, and its track record. @param horizon the longest that is asked for, in days
 */
export function replay(days: Days, horizon: number): Replay {
  const longest = AHEAD.find((ahead) => ahead >= horizon) ?? (AHEAD.at(-1) as number);
  const asked = AHEAD.filter((ahead) => ahead <= longest);
  const errors = new Map(asked.map((ahead) => [ahead, [] as (number | null)[]]));
  for (let day = 0; day < days.length; day++) {
    const most = Math.min(longest, days.length - day);
    const expected = day < WEEK ? [] : runningSum(expectDays(days.slice(0, day), most));
    for (const ahead of asked) {
      if (ahead > most) break;
      errors.get(ahead)?.push(day < WEEK ? null : errorOf(expected[ahead - 1] as number, days.slice(day, day + ahead)));
    }
  }
  const found = asked.map((ahead) => ({ ahead, ...adaptiveWidth(errors.get(ahead) ?? [], ahead) }));
  return {
    widths: found.flatMap(({ ahead, width }) => (width === null ? [] : [{ daysAhead: ahead, share: width }])),
    judged: new Map(found.map(({ ahead, judged }) => [ahead, judged])),
  };
}

/**
 * The width so many days ahead: as measured, between two measured ones in proportion, and beyond the last growing with the root of the
 * time, as the error of a level that wanders does. @param widths ascending, at least one
 */
export function widthAt(widths: Replay['widths'], daysAhead: number): number {
  const next = widths.find((each) => each.daysAhead >= daysAhead);
  const before = widths.findLast((each) => each.daysAhead <= daysAhead);
  if (!before || !next) return before ? before.share * Math.sqrt(daysAhead / before.daysAhead) : (next?.share ?? 0);
  const way = next.daysAhead === before.daysAhead ? 0 : (daysAhead - before.daysAhead) / (next.daysAhead - before.daysAhead);
  return before.share + (next.share - before.share) * way;
}

/** How past forecasts have done as far ahead as the period's end is, or as near to that as enough of them have been judged. */
export function trackOf(judged: Replay['judged'], daysAhead: number): Track | null {
  const [found] = [...judged].filter(([ahead, bands]) => ahead <= daysAhead && bands.length >= LEAST_JUDGED).reverse();
  if (!found) return null;
  const told = found[1].slice(-TOLD);
  const errors = told.map((each) => each.error).sort((a, b) => a - b);
  const middle = errors.length >> 1;
  const medianError =
    errors.length % 2 === 1 ? (errors[middle] as number) : ((errors[middle - 1] as number) + (errors[middle] as number)) / 2;
  return { daysAhead: found[0], forecasts: told.length, held: told.filter(isHeld).length, medianError };
}
