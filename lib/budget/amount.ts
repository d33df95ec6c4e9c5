import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { type NanoUsd, nanoUsd } from '@/lib/kernel/money';
import { amountInNano, rateOf } from './make-period';

/** A billion dollars: what is spent against an amount must fit an int8 of nano-dollars with room to spare. */
export const LARGEST_AMOUNT = nanoUsd(1_000_000_000n * 1_000_000_000n);

/** Decimal text with at least two decimals and no needless ones: `1500.000000` is `1500.00`, `0.125000` is `0.125`. */
export function amountText(stored: string): string {
  const [whole = '0', fraction = ''] = stored.split('.');
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}

/**
 * What an amount is in nano-dollars today. @param amount decimal text as people write it, in `currency`
 * @throws Fault currency.no_rate · budget.amount_too_large
 */
export async function checkedAmount(ctx: Context, amount: string, currency: string): Promise<NanoUsd> {
  const nano = amountInNano(amount, await rateOf(ctx, currency));
  if (nano <= LARGEST_AMOUNT) return nano;
  const detail = 'An amount goes up to $1,000,000,000. Write a smaller one.';
  throw new Fault('budget.amount_too_large', detail, { errors: [{ pointer: '/amount', code: 'field.too_big', detail }] });
}
