import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adaptiveWidth, errorWithin, isHeld } from './conformal';

/** Numbers from 0 to 1, the same every time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
const normal = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/** The share of bands that held. */
const coverage = (errors: (number | null)[], ahead: number) => {
  const { judged } = adaptiveWidth(errors, ahead);
  return judged.filter(isHeld).length / judged.length;
};

describe('the conformal quantile', () => {
  it.each([
    ['four errors: the largest is the least that 80 % can be told of', [3, 1, 4, 2], 0.2, 4],
    ['nine errors: the eighth, ⌈10 × 0.8⌉', [9, 8, 7, 6, 5, 4, 3, 2, 1], 0.2, 8],
    ['a level below none is as wide as ever was', [1, 2, 3], -0.1, 3],
    ['a level above all is nothing wide', [1, 2, 3], 1.1, 0],
  ])('of %s', (_, errors, alpha, width) => expect(errorWithin(errors, alpha)).toBe(width));

  it('covers the next of exchangeable errors at least 80 % of the time', () => {
    const next = numbers(7);
    let held = 0;
    for (let round = 0; round < 4_000; round++) {
      const errors = Array.from({ length: 19 }, () => Math.abs(normal(next)));
      if (Math.abs(normal(next)) <= errorWithin(errors, 0.2)) held++;
    }
    expect(held / 4_000).toBeGreaterThan(0.78);
    expect(held / 4_000).toBeLessThan(0.82);
  });
});

describe('adaptive conformal inference', () => {
  it.each([
    ['errors that stay as they are', 1, (_: number, noise: number) => noise],
    ['errors that grow tenfold over the series', 1, (at: number, noise: number) => noise * (1 + (9 * at) / 1_000)],
    ['errors that jump fivefold half way', 1, (at: number, noise: number) => noise * (at < 500 ? 1 : 5)],
    ['errors a week ahead, judged a week later', 7, (at: number, noise: number) => noise * (1 + Math.sin(at / 60))],
  ])('holds four bands of five on %s', (_, ahead, error) => {
    const next = numbers(11);
    const errors = Array.from({ length: 1_000 }, (_, at) => Math.abs(error(at, normal(next))));
    expect(coverage(errors, ahead)).toBeGreaterThan(0.78);
    expect(coverage(errors, ahead)).toBeLessThan(0.82);
  });

  it('stays within the bound of the paper’s proposition 4.1, whatever the series', () => {
    const series = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 40, maxLength: 200 });
    fc.assert(
      fc.property(series, (errors) => {
        const { judged } = adaptiveWidth(errors, 1);
        const missed = judged.filter((each) => !isHeld(each)).length / judged.length;
        // The least of errors is 0.001 and the widest band the largest so far, so misses may exceed what an endless band would give; hits may not.
        expect(missed).toBeGreaterThanOrEqual(0.2 - (0.8 + 0.05) / (0.05 * judged.length));
      }),
    );
  });

  it('gives no band on fewer than four errors, and knows no error before its day has come', () => {
    expect(adaptiveWidth([1, 2, 3], 1)).toEqual({ width: null, judged: [] });
    expect(adaptiveWidth([1, 2, 3, 4], 1)).toEqual({ width: 4, judged: [] });
    expect(adaptiveWidth([1, 2, 3, 4, 100], 3).judged).toEqual([]);
    expect(adaptiveWidth([1, 2, 3, 4, 9, 9, 9, 5], 3).judged).toEqual([
      { error: 9, width: 4 },
      { error: 5, width: 9 },
    ]);
  });

  it('leaves out what was never known', () => {
    expect(adaptiveWidth([1, null, 2, 3, null, 4], 1)).toEqual({ width: 4, judged: [] });
  });
});
