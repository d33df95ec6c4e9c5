import { describe, expect, it } from 'vitest';
import type { NanoUsd } from '@/lib/kernel/money';
import { amountFromDays, tenthOfEverything } from './proposed-amount';

const dollars = (amount: number) => (BigInt(amount) * 1_000_000_000n) as NanoUsd;

describe('a proposed amount', () => {
  it('is a month of the days that are known and a quarter more, rounded up to two digits', () => {
    expect(amountFromDays({ days: 10, spentNano: dollars(1_000) })).toBe('3800.00');
    expect(amountFromDays({ days: 30, spentNano: dollars(80) })).toBe('100.00');
  });

  it('is never less than ten dollars', () => {
    expect(amountFromDays({ days: 5, spentNano: 208_950n as NanoUsd })).toBe('10.00');
  });

  it('is not made from fewer than three days, nor from nothing', () => {
    expect(amountFromDays({ days: 2, spentNano: dollars(500) })).toBeNull();
    expect(amountFromDays({ days: 9, spentNano: 0n as NanoUsd })).toBeNull();
  });

  it('is a tenth of the amount over everything where nothing can be told', () => {
    expect(tenthOfEverything('1000.00')).toBe('100.00');
    expect(tenthOfEverything('1234.50')).toBe('124.00');
    expect(tenthOfEverything('0.00')).toBe('1.00');
  });
});
