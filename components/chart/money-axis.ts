/** The largest of some amounts, 0 when there are none. */
export const largest = (amounts: Iterable<bigint>): bigint => {
  let found = 0n;
  for (const each of amounts) if (each > found) found = each;
  return found;
};

/** The end of a money axis: 5 % above the largest amount, from $0; an axis of nothing ends at one dollar. */
export const axisTop = (max: bigint): bigint => (max <= 0n ? 1_000_000_000n : (max * 105n) / 100n);

/**
 * Round amounts for an axis from 0 to `top`: steps of 1, 2, 2.5 or 5 times a power of ten nano-dollars, the finest that gives at most `most` ticks.
 * @returns ascending nano-dollars, 0 first
 */
export function moneyTicks(top: bigint, most = 5): bigint[] {
  if (top <= 0n) return [0n];
  for (let power = 1n; ; power *= 10n) {
    for (const step of [power, 2n * power, (5n * power) / 2n, 5n * power]) {
      if (step > 0n && top / step < BigInt(most)) return Array.from({ length: Number(top / step) + 1 }, (_, index) => BigInt(index) * step);
    }
  }
}
