import { type Days, meanOf, WEEK } from './models';

/** Smoothing of level, trend and season, and what is left of the trend a step on. */
export type Smoothing = { alpha: number; beta: number; gamma: number; phi: number };

/** Where a series stands: its level, its trend a step, and its season with the part of the next step first. */
export type State = { level: number; trend: number; season: readonly number[] };

/** What is expected so many steps after a state: the level, the trend dying away, and the season. */
export function forecastFrom({ level, trend, season }: State, phi: number, horizon: number): number[] {
  let [damped, share] = [0, 1];
  return Array.from({ length: horizon }, (_, ahead) => {
    share *= phi;
    damped += share;
    return level + damped * trend + (season[ahead % season.length] as number);
  });
}

/**
 * Damped Holt-Winters with an additive season, in its error-correction form (ETS(A,Ad,A); Hyndman & Athanasopoulos, Forecasting:
 * principles and practice, 3rd ed., 8.3 and 8.5; Gardner & McKenzie 1985 for the damping). A day of which nothing is known moves nothing:
 * the state goes on as expected. @returns the state after the last day, and the error of each day's forecast of the day before
 */
export function smooth(days: Days, { alpha, beta, gamma, phi }: Smoothing, from: State): { state: State; errors: (number | null)[] } {
  let { level, trend } = from;
  const season = [...from.season];
  const errors = days.map((value, at) => {
    const slot = at % season.length;
    const ahead = level + phi * trend;
    const error = value === null ? null : value - ahead - (season[slot] as number);
    level = ahead + alpha * (error ?? 0);
    trend = phi * trend + beta * (error ?? 0);
    season[slot] = (season[slot] as number) + gamma * (error ?? 0);
    return error;
  });
  const turned = days.length % season.length;
  return { state: { level, trend, season: [...season.slice(turned), ...season.slice(0, turned)] }, errors };
}

/** The first week's mean as level, its days around it as season, and what the second week adds a day as trend. */
function begin(days: Days): State {
  const [first, second] = [days.slice(0, WEEK), days.slice(WEEK, 2 * WEEK)];
  const level = meanOf(first);
  const season = Array.from({ length: WEEK }, (_, at) => (first[at] ?? level) - level);
  return { level, trend: second.length === WEEK ? (meanOf(second) - level) / WEEK : 0, season };
}

const GRID: Smoothing[] = [0.1, 0.3, 0.6].flatMap((alpha) =>
  [0.01, 0.1].flatMap((share) =>
    [0.1, 0.3].flatMap((gamma) => [0.85, 0.98].map((phi) => ({ alpha, beta: alpha * share, gamma: gamma * (1 - alpha), phi }))),
  ),
);

/** As far back as the method looks: what was before has long been smoothed away. */
const LOOKS_BACK = 8 * WEEK;

/** Damped Holt-Winters with the smoothing that would have been least wrong a day ahead over the last eight weeks. */
export function holtWinters(days: Days, horizon: number): number[] {
  const recent = days.slice(-LOOKS_BACK);
  const start = begin(recent);
  let best = { sum: Number.POSITIVE_INFINITY, state: start, phi: 1 };
  for (const smoothing of GRID) {
    const { state, errors } = smooth(recent, smoothing, start);
    // The first week's errors are 0 by the way it begins.
    const sum = errors.slice(WEEK).reduce<number>((all, each) => all + (each ?? 0) ** 2, 0);
    if (sum < best.sum) best = { sum, state, phi: smoothing.phi };
  }
  return forecastFrom(best.state, best.phi, horizon);
}
