import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, divideHalfEven, divideUp, larger, nanoUsd, negate, ppm, ratio, shareOf, smaller, subtract, ZERO_USD } from './money';

test.each([
  [5n, 2n, 2n],
  [7n, 2n, 4n],
  [-5n, 2n, -2n],
  [-7n, 2n, -4n],
  [1n, 3n, 0n],
  [2n, 3n, 1n],
  [-2n, 3n, -1n],
  [0n, 9n, 0n],
  [9_007_199_254_740_993n * 1_000_000n + 500_000n, 1_000_000n, 9_007_199_254_740_994n],
])('%d / %d is %d, half to even', (numerator, denominator, expected) => {
  expect(divideHalfEven(numerator, denominator)).toBe(expected);
});

test('a rounded quotient is the nearest, and mirrors its sign', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (numerator, denominator) => {
      const rounded = divideHalfEven(numerator, denominator);
      const twice = 2n * (numerator - rounded * denominator);
      expect(twice <= denominator && twice >= -denominator).toBe(true);
      if (twice === denominator || twice === -denominator) expect(rounded % 2n).toBe(0n);
      expect(divideHalfEven(-numerator, denominator)).toBe(-rounded);
    }),
  );
});

test('a hold is never rounded down', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (numerator, denominator) => {
      const up = divideUp(numerator, denominator);
      expect(up * denominator >= numerator && (up - 1n) * denominator < numerator).toBe(true);
    }),
  );
});

test('a division that makes no sense is a bug', () => {
  expect(() => divideHalfEven(1n, 0n)).toThrow(RangeError);
  expect(() => divideHalfEven(1n, -1n)).toThrow(RangeError);
  expect(() => divideUp(-1n, 2n)).toThrow(RangeError);
  expect(() => divideUp(1n, 0n)).toThrow(RangeError);
});

test('amounts beyond what a float can hold stay exact', () => {
  const large = nanoUsd(9_007_199_254_740_993n);
  expect(add(large, nanoUsd(1n), negate(large))).toBe(1n);
  expect(subtract(large, nanoUsd(1n))).toBe(9_007_199_254_740_992n);
  expect(add()).toBe(ZERO_USD);
  expect([larger(large, ZERO_USD), smaller(large, ZERO_USD)]).toEqual([large, ZERO_USD]);
});

test('a hard stop is the floor of its share', () => {
  expect(shareOf(nanoUsd(1_500_000_000_001n), ppm(0.95))).toBe(1_425_000_000_000n);
  expect(shareOf(nanoUsd(1n), ppm(0.999999))).toBe(0n);
  expect(shareOf(nanoUsd(77n), ppm(1))).toBe(77n);
});

test('a share has at most six decimals', () => {
  expect(ppm(0.95)).toBe(950_000);
  expect(ppm(0.1 + 0.2)).toBe(300_000);
  for (const share of [-0.1, 10.5, 0.1234567, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => ppm(share)).toThrow(RangeError);
});

test('a ratio of nothing is unknown', () => {
  expect(ratio(1n, 0n)).toBeNull();
  expect(ratio(1n, 3n)).toBe(0.333333);
  expect(ratio(0n, 3n)).toBe(0);
});
