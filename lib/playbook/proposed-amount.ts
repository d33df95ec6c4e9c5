import { divideUp, type NanoUsd } from '@/lib/kernel/money';

/** A workload that has been heard of and has no budget of its own, and what it came to. */
export type Heard = { slug: string; days: number; spentNano: NanoUsd };

const DAYS_A_MONTH = 30n;
const ENOUGH_DAYS = 3;
const SPARE_PERCENT = 125n;
const LEAST_DOLLARS = 10n;
const NANO = 1_000_000_000n;

/** Two leading digits, rounded up: 1,234 is 1,300. */
function roundedUp(dollars: bigint): bigint {
  const step = 10n ** BigInt(Math.max(0, String(dollars).length - 2));
  return divideUp(dollars, step) * step;
}

/**
 * An amount a month for a workload, in whole dollars: what its days come to in thirty, and a quarter more, rounded up. Null where
 * fewer than three days are known: a month cannot be told from them.
 */
export function amountFromDays({ days, spentNano }: Pick<Heard, 'days' | 'spentNano'>): string | null {
  if (days < ENOUGH_DAYS || spentNano <= 0n) return null;
  const month = divideUp(spentNano * DAYS_A_MONTH * SPARE_PERCENT, BigInt(days) * 100n * NANO);
  return `${roundedUp(month < LEAST_DOLLARS ? LEAST_DOLLARS : month)}.00`;
}

/** A tenth of the amount over everything, whole units rounded up, 1 at least: where the days are too few to tell. */
export function tenthOfEverything(amount: string): string {
  const whole = BigInt(amount.split('.')[0] || '0');
  const tenth = divideUp(whole, 10n);
  return `${tenth > 0n ? tenth : 1n}.00`;
}
