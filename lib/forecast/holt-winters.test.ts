import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastFrom, holtWinters, smooth } from './holt-winters';

/**
 * Visitors to Australia by quarter, 1999–2015 (austourists of the R package fpp2), and what R's forecast::ets says of them as
 * ETS(A,Ad,A): its smoothing, its first and last state, what it expects a step ahead, and its forecast. Published with statsmodels
 * (statsmodels/tsa/tests/results/fit_ets_results_seasonal.json).
 */
const VISITORS = [
  ...[30.05251, 19.1485, 25.31769, 27.59144, 32.07646, 23.48796, 28.47594, 35.12375, 36.83848, 25.00702, 30.72223, 28.69376],
  ...[36.64099, 23.82461, 29.31168, 31.77031, 35.17788, 19.77524, 29.60175, 34.53884, 41.2736, 26.65586, 28.27986, 35.19115],
  ...[42.20566, 24.64917, 32.66734, 37.25735, 45.24246, 29.35048, 36.34421, 41.78208, 49.2766, 31.2754, 37.85063, 38.83704],
  ...[51.2369, 31.83855, 41.32342, 42.799, 55.70836, 33.40714, 42.31664, 45.15712, 59.57608, 34.83733, 44.84168, 46.97125],
  ...[60.01903, 38.37118, 46.97586, 50.7338, 61.64687, 39.29957, 52.67121, 54.33232, 66.83436, 40.87119, 51.82854, 57.49191],
  ...[65.25147, 43.06121, 54.76076, 59.83447, 73.25703, 47.69662, 61.09777, 66.05576],
];
const ONE_AHEAD = [
  ...[30.3205, 19.1948, 26.19326, 29.02462, 32.79209, 21.42989, 28.74545, 31.49243, 37.42619, 27.30515, 32.0939, 35.92489],
  ...[35.89667, 25.18957, 30.34222, 31.6308, 37.32244, 24.57648, 28.36921, 30.72871, 36.72789, 25.42224, 34.08523, 35.07194],
  ...[40.0304, 26.45946, 31.03446, 37.07039, 42.91967, 27.85533, 35.12997, 40.57407, 47.80362, 32.24127, 38.58559, 43.32841],
  ...[48.45725, 32.24089, 38.75603, 43.1518, 52.77036, 35.45507, 42.63818, 44.81374, 55.98924, 36.92444, 44.79712, 47.39262],
  ...[59.59399, 37.03987, 46.98657, 49.38403, 62.61498, 39.94782, 48.612, 53.08056, 65.42941, 43.8838, 53.66786, 54.81161],
  ...[67.66386, 42.81577, 54.14708, 57.96951, 68.47207, 47.44035, 59.12135, 64.1646],
];
const R = {
  smoothing: { alpha: 0.35445427, beta: 0.03200749, gamma: 0.39993387, phi: 0.97999997 },
  first: { level: 24.01278357, trend: 0.97770147, season: [5.34956637, -6.61171798, -0.50735902, 1.76951063] },
  last: { level: 62.00340579, trend: 0.70652496, season: [13.38188051, -11.75693566, -0.07474503, 3.58786407] },
  forecast: [76.07768073, 51.61741109, 63.96457729, 68.27886241],
};

describe('damped Holt-Winters', () => {
  const { state, errors } = smooth(VISITORS, R.smoothing, R.first);

  it('expects each quarter as R does', () => {
    for (const [at, error] of errors.entries()) expect((VISITORS[at] as number) - (error ?? 0)).toBeCloseTo(ONE_AHEAD[at] as number, 4);
  });

  it('stands where R stands after the last quarter', () => {
    expect(state.level).toBeCloseTo(R.last.level, 4);
    expect(state.trend).toBeCloseTo(R.last.trend, 4);
    for (const [at, part] of state.season.entries()) expect(part).toBeCloseTo(R.last.season[at] as number, 4);
  });

  it('forecasts the year as R does', () => {
    const year = forecastFrom(state, R.smoothing.phi, 4);
    for (const [at, value] of year.entries()) expect(value).toBeCloseTo(R.forecast[at] as number, 3);
  });

  it('draws a trend on ever less: the steps shrink by φ', () => {
    const ahead = forecastFrom({ level: 10, trend: 2, season: [0] }, 0.5, 4);
    expect(ahead).toEqual([11, 11.5, 11.75, 11.875]);
  });

  it('is moved by no day of which nothing is known', () => {
    const from = { level: 10, trend: 0, season: [1, -1, 0, 2, 0, -1, -1] };
    const smoothing = { alpha: 0.5, beta: 0.1, gamma: 0.2, phi: 0.9 };
    expect(smooth([null, null, null], smoothing, from).state).toEqual({ ...from, season: [2, 0, -1, -1, 1, -1, 0] });
  });

  it('continues a week that repeats itself, whatever the week', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 ** 6 }), { minLength: 7, maxLength: 7 }), (week) => {
        const days = Array.from({ length: 6 }, () => week).flat();
        for (const [at, value] of holtWinters(days, 7).entries()) expect(value).toBeCloseTo(week[at] as number, 3);
      }),
    );
  });
});
