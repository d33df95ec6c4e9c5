import { type Days, WEEK } from './models';

/** Of a week in which so many days were told of, the others were left out; of one with fewer, the sources were. */
const LEAST_TOLD = 4;

/**
 * Spend of days with those taken out of which nobody told anything: no data is not zero. A weekday without any in most working weeks
 * (those told of on four days or more) is the rhythm of the work, and its nothing is what was spent; without working weeks there is no
 * telling, and nothing is what was spent on every day that was not told of.
 * @param told whether anything at all was told of each day, by a source that tells of this spend
 */
export function withoutGaps(days: readonly number[], told: readonly boolean[]): Days {
  const weeks = Array.from({ length: Math.ceil(told.length / WEEK) }, (_, week) => told.slice(week * WEEK, (week + 1) * WEEK));
  const working = weeks.filter((week) => week.filter(Boolean).length >= LEAST_TOLD);
  const isQuiet = Array.from({ length: WEEK }, (_, weekday) => {
    const quiet = working.filter((week) => !week[weekday]).length;
    return working.length === 0 || quiet * 2 > working.length;
  });
  return days.map((spent, at) => (told[at] || spent !== 0 || isQuiet[at % WEEK] ? spent : null));
}

/** Whole days since data began: the day it began on was seldom a whole one, and is left out. */
export function sinceFirst(days: Days): Days {
  const first = days.findIndex((each) => each !== null && each !== 0);
  return first < 0 ? [] : days.slice(first + 1);
}
