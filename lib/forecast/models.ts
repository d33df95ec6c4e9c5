/**
 * Spend of successive whole local days, oldest first; null where nothing is known of a day, which is not the same as 0. Numbers are
 * nano-dollars as floats: a model's, never a figure's. Days follow each other without a break, so that every seventh is the same weekday.
 */
export type Days = readonly (number | null)[];

/** The length of a season: spend on AI follows the working week. */
export const WEEK = 7;

const LEVEL_DAYS = 14;
const INDEX_DAYS = 8 * WEEK;

const isKnown = (value: number | null): value is number => value !== null;

/** The mean of what is known; 0 of nothing. */
export function meanOf(days: Days): number {
  const known = days.filter(isKnown);
  return known.length === 0 ? 0 : known.reduce((sum, each) => sum + each, 0) / known.length;
}

/**
 * The seasonal naive method (Hyndman & Athanasopoulos, Forecasting: principles and practice, 3rd ed., 5.2): every day to come is what the
 * last known day of the same weekday was. A weekday of which nothing is known is an average day.
 */
export function seasonalNaive(days: Days, horizon: number): number[] {
  const week = Array.from({ length: WEEK }, (_, ahead) => {
    for (let at = days.length + ahead - WEEK; at >= 0; at -= WEEK) {
      const value = days[at];
      if (value !== undefined && value !== null) return value;
    }
    return meanOf(days);
  });
  return Array.from({ length: horizon }, (_, ahead) => week[ahead % WEEK] as number);
}

/**
 * What each weekday is against an average day, 1 being the average, from the last eight weeks: the mean of its known days over the mean of
 * the weekdays' means, so that a weekday with gaps weighs as much as the others. Position 0 is the weekday of the first day to come.
 */
export function weekdayIndex(days: Days): number[] {
  const recent = days.slice(-INDEX_DAYS);
  const means = Array.from({ length: WEEK }, (_, ahead) => {
    const same = recent.filter((_, at) => (recent.length - at + ahead) % WEEK === 0).filter(isKnown);
    return same.length === 0 ? null : meanOf(same);
  });
  const average = meanOf(means);
  return means.map((mean) => (mean === null || average <= 0 ? 1 : Math.max(0, mean / average)));
}

/**
 * Level × weekday index: what an average day of the last 14 was, times what the weekday is against one. The level is known spend over
 * the index of the days that it was spent on, so that neither a gap nor two Sundays too many move it.
 */
export function levelByWeekday(days: Days, horizon: number): number[] {
  const index = weekdayIndex(days);
  const recent = days.slice(-LEVEL_DAYS);
  let [spent, weight] = [0, 0];
  for (const [at, value] of recent.entries()) {
    if (value === null) continue;
    spent += value;
    weight += index[(((at - recent.length) % WEEK) + WEEK) % WEEK] as number;
  }
  const level = weight > 0 ? Math.max(0, spent / weight) : 0;
  return Array.from({ length: horizon }, (_, ahead) => level * (index[ahead % WEEK] as number));
}
