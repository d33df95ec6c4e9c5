import { holtWinters } from './holt-winters';
import { type Days, levelByWeekday, seasonalNaive } from './models';

/** The fewest days with data from which more than a run rate is said. */
export const LEAST_DAYS = 14;

/**
 * What each of the next days is expected to cost: the mean of seasonal naive, level × weekday index and damped Holt-Winters, each at
 * least 0. The three err differently, so their mean errs less than most of them (Makridakis et al., M4 Competition, 2020); Holt-Winters
 * is never alone, because a trend of two weeks would be drawn on for a year.
 */
export function expectDays(days: Days, horizon: number): number[] {
  const models = [seasonalNaive, levelByWeekday, holtWinters].map((model) => model(days, horizon));
  return Array.from(
    { length: horizon },
    (_, ahead) => models.reduce((sum, model) => sum + Math.max(0, model[ahead] as number), 0) / models.length,
  );
}

/** The sum of a day and those before it, for each day. */
export function runningSum(days: readonly number[]): number[] {
  let sum = 0;
  return days.map((each) => {
    sum += each;
    return sum;
  });
}
