import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days, hours, type Instant, instant, minutes, plus } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import { charged, type Figures, limit } from '../figures';
import { runOn, runRate, runwayAt } from './runway';

const START = instant(1_700_000_000_000_000);
const MONTH = { startsAt: START, endsAt: plus(START, days(30)) };
const figures = (actual: bigint, hardStop = 95n): Figures => {
  const zero = nanoUsd(0n);
  const rest = {
    granted: zero,
    presumed: zero,
    unpricedUpper: zero,
    held: nanoUsd(7n),
    observedCharged: zero,
    observedHeld: zero,
    excess: zero,
  };
  return { amount: nanoUsd(100n), hardStop: nanoUsd(hardStop), actual: nanoUsd(actual), ...rest };
};
const into = (length: number): Instant => instant(START + length);

describe('the runway', () => {
  it.each([
    ['half spent in a fifth of the month ends at 38 %', 50n, START, days(6), into(days(11.4))],
    ['spent evenly, it lasts longer than the month', 20n, START, days(10), null],
    ['nothing spent says nothing', 0n, START, days(10), null],
    ['less than an hour says nothing', 90n, START, minutes(59), null],
    ['data that came late counts from when it came', 50n, into(days(8)), days(10), into(days(11.8))],
    ['no data says nothing', 0n, null, days(10), null],
    ['at the limit it is over now', 95n, START, days(10), into(days(10))],
    ['after its end there is none', 20n, START, days(31), null],
  ])('%s', (_, actual, since, now, expected) => {
    expect(runwayAt(figures(actual), MONTH, since, into(now))).toBe(expected);
  });

  it('is the first moment at which the rate has reached the limit', () => {
    const money = fc.bigInt(1n, 10n ** 13n);
    fc.assert(
      fc.property(money, money, fc.integer({ min: hours(1), max: days(29) }), (actual, hardStop, gone) => {
        const f = figures(actual, hardStop);
        const [now, rate] = [into(gone), runRate(f, MONTH, START, into(gone))];
        const at = runwayAt(f, MONTH, START, now);
        if (!rate || at === null || at === now) return;
        expect(charged(f) + runOn(rate, at - now) >= limit(f)).toBe(true);
        expect(charged(f) + runOn(rate, at - now - 1) < limit(f)).toBe(true);
        expect(at < MONTH.endsAt).toBe(true);
      }),
    );
  });
});
