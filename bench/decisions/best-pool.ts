import { alone, type Calls } from '../support/rate';

export const POOLS = [1, 2, 4, 8, 16, 32];

/** The size of pool with which a contestant does the most, by a short run of each. */
export async function bestPool(
  callers: number,
  seconds: number,
  through: (size: number) => Calls & { end(): Promise<void> },
): Promise<{ size: number; perSecond: number }> {
  let best = { size: 0, perSecond: 0 };
  for (const size of POOLS) {
    const calls = through(size);
    const { perSecond } = await alone(callers, seconds, calls);
    await calls.end();
    if (perSecond > best.perSecond) best = { size, perSecond };
  }
  return best;
}
