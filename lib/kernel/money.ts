/** Whole nano-dollars (10⁻⁹ USD). The only form money has in this program; no float ever holds it. */
export type NanoUsd = bigint & { readonly unit: 'NanoUsd' };

/** Nano-dollars for a million units of one kind: what a price says. */
export type NanoUsdPerMillion = bigint & { readonly unit: 'NanoUsdPerMillion' };

export const ZERO_USD = 0n as NanoUsd;

/** Marks a bigint as nano-dollars. Use it only where a number enters the program (a row, a request). */
export const nanoUsd = (value: bigint): NanoUsd => value as NanoUsd;

export const nanoUsdPerMillion = (value: bigint): NanoUsdPerMillion => value as NanoUsdPerMillion;

export const add = (...amounts: NanoUsd[]): NanoUsd => amounts.reduce((sum, each) => sum + each, 0n) as NanoUsd;

export const subtract = (from: NanoUsd, what: NanoUsd): NanoUsd => (from - what) as NanoUsd;

export const negate = (amount: NanoUsd): NanoUsd => -amount as NanoUsd;

export const larger = (a: NanoUsd, b: NanoUsd): NanoUsd => (a > b ? a : b);

export const smaller = (a: NanoUsd, b: NanoUsd): NanoUsd => (a < b ? a : b);

/** Division of two integers rounded half to even, for either sign. The one rounding that a record's cost goes through. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('divideHalfEven needs a positive denominator');
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const quotient = magnitude / denominator;
  const twice = (magnitude % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

/** Division of non-negative integers rounded up: for holds, which are worst cases. */
export function divideUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n || numerator < 0n) throw new RangeError('divideUp needs a positive denominator and no negative numerator');
  return (numerator + denominator - 1n) / denominator;
}

/** A share in millionths (0.95 is 950,000): thresholds are compared by multiplying integers, never as floats. */
export type Ppm = number & { readonly unit: 'Ppm' };

export const PPM_ONE = 1_000_000;

/** `floor(amount × share)`: the hard stop of an amount. */
export const shareOf = (amount: NanoUsd, share: Ppm): NanoUsd => ((amount * BigInt(share)) / BigInt(PPM_ONE)) as NanoUsd;

/** Turns 0.95 into 950,000 ppm. @throws RangeError when it is no number from 0 to 10 with at most six decimals. */
export function ppm(share: number): Ppm {
  const scaled = Math.round(share * PPM_ONE);
  if (!Number.isFinite(share) || scaled < 0 || scaled > 10 * PPM_ONE || Math.abs(scaled / PPM_ONE - share) > 1e-9) {
    throw new RangeError(`${share} is no share with at most six decimals`);
  }
  return scaled as Ppm;
}

/** A ratio for showing, six decimals; null where the whole is 0 (nothing has a share of nothing). */
export function ratio(part: bigint, whole: bigint): number | null {
  return whole === 0n ? null : Number((part * BigInt(PPM_ONE)) / whole) / PPM_ONE;
}
