import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nanoUsd } from '@/lib/kernel/money';
import { admit } from './admission';
import { above, charged, committed, type Figures, limit } from './figures';

const figures = (part: Partial<Record<keyof Figures, bigint>> = {}): Figures => {
  const all = { amount: 10_000n, hardStop: 9_500n, granted: 0n, actual: 0n, presumed: 0n, unpricedUpper: 0n, held: 0n };
  return { ...all, observedCharged: 0n, observedHeld: 0n, excess: 0n, ...part } as Figures;
};
const KEY_SHARE = 100_000;

describe('admission', () => {
  it.each([
    ['an empty budget takes an ordinary call', {}, 100n, 'fits'],
    ['the last nano-dollar fits', { actual: 9_400n }, 100n, 'fits'],
    ['one nano-dollar more of an ordinary call stops the budget', { actual: 9_401n }, 100n, 'no_room'],
    ['a large call that would not fit is too large', { actual: 9_000n }, 501n, 'too_large'],
    ['a call that open holds alone keep out is told busy', { actual: 9_000n, held: 450n }, 100n, 'busy'],
    ['a huge call into an empty budget is too large', {}, 9_501n, 'too_large'],
    ['a spent budget stops whatever the size', { actual: 9_500n }, 5_000n, 'no_room'],
    ['presumed and unpriced spend count', { presumed: 5_000n, unpricedUpper: 4_450n }, 60n, 'no_room'],
    ['a grant widens the limit', { actual: 9_500n, granted: 200n }, 100n, 'fits'],
    ['an amount of nothing admits nothing', { amount: 0n, hardStop: 0n }, 1n, 'no_room'],
    ['a free call passes', { actual: 9_500n }, 0n, 'fits'],
  ])('%s', (_, part, ask, verdict) => {
    expect(admit(figures(part), false, nanoUsd(ask), nanoUsd(0n), KEY_SHARE)).toBe(verdict);
  });

  it('refuses what is stopped, except a call that costs nothing', () => {
    expect(admit(figures(), true, nanoUsd(1n), nanoUsd(0n), KEY_SHARE)).toBe('stopped');
    expect(admit(figures(), true, nanoUsd(0n), nanoUsd(0n), KEY_SHARE)).toBe('fits');
  });

  it('tells one key busy once it holds a tenth of the amount, but never a key with nothing open', () => {
    expect(admit(figures(), false, nanoUsd(101n), nanoUsd(900n), KEY_SHARE)).toBe('busy');
    expect(admit(figures(), false, nanoUsd(100n), nanoUsd(900n), KEY_SHARE)).toBe('fits');
    expect(admit(figures(), false, nanoUsd(2_000n), nanoUsd(0n), KEY_SHARE)).toBe('fits');
  });

  it('never admits past the limit, and never stops for holds alone', () => {
    const money = fc.bigInt(0n, 12_000n);
    fc.assert(
      fc.property(fc.record({ actual: money, presumed: money, unpricedUpper: money, held: money, granted: money }), money, (part, ask) => {
        const f = figures(part);
        const verdict = admit(f, false, nanoUsd(ask), nanoUsd(0n), KEY_SHARE);
        if (verdict === 'fits' && ask > 0n) expect(committed(f) + ask <= limit(f)).toBe(true);
        if (verdict === 'no_room') expect(charged(f) + ask > limit(f)).toBe(true);
        if (verdict === 'busy') expect(charged(f) + ask <= limit(f)).toBe(true);
        expect(above(f) >= 0n).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
