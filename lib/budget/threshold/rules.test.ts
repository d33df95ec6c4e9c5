import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nanoUsd, PPM_ONE, ppm } from '@/lib/kernel/money';
import { defaultThresholds, isReached, stopLevel, thresholdFaults, wholeThresholds } from './rules';
import { thresholdIn } from './schema';

const dollars = (text: number) => nanoUsd(BigInt(Math.round(text * 1e9)));

describe('a level', () => {
  it.each([
    ['"over 99 %" does not fire at $0.40 of $15', 0.4, 15, 0.99, false],
    ['is reached exactly at its share', 7.5, 15, 0.5, true],
    ['is not reached one nano-dollar below', 7.499999999, 15, 0.5, false],
    ['at 100 % is reached at the amount', 15, 15, 1, true],
    ['past 100 % is reached when so much is spent', 18, 15, 1.2, true],
    ['past 100 % is not reached at the amount', 15, 15, 1.2, false],
    ['of a budget of nothing is reached at once', 0, 0, 0.5, true],
    ['is not reached by nothing spent', 0, 15, 0.000001, false],
  ])('%s', (_, charged, amount, at, reached) => {
    expect(isReached(dollars(charged), dollars(amount), ppm(at))).toBe(reached);
  });

  it('once reached stays reached as spend grows, and a lower one is reached first', () => {
    const money = fc.bigInt(0n, 10n ** 15n).map(nanoUsd);
    const level = fc.integer({ min: 1, max: 10 * PPM_ONE }).map((each) => ppm(each / PPM_ONE));
    fc.assert(
      fc.property(money, money, money, level, level, (charged, more, amount, a, b) => {
        if (isReached(charged, amount, a)) expect(isReached(nanoUsd(charged + more), amount, a)).toBe(true);
        if (a <= b && isReached(charged, amount, b)) expect(isReached(charged, amount, a)).toBe(true);
      }),
    );
  });
});

describe('thresholds', () => {
  const items = (...given: object[]) => given.map((each) => thresholdIn.parse(each));
  const stop = { at: 0.95, kind: 'stop' };
  const block = { kind: 'block', params: {}, mode: 'ask' };

  it.each([
    ['one stop is enough', [stop], 'month', []],
    ['no stop', [{ at: 0.5, kind: 'notify' }], 'month', ['threshold.no_stop']],
    ['two stops', [stop, { at: 0.9, kind: 'stop' }], 'month', ['threshold.second_stop', 'threshold.second_stop']],
    ['a stop above the amount', [{ at: 1.01, kind: 'stop' }], 'month', ['threshold.stop_above_amount']],
    ['a stop at the amount', [{ at: 1, kind: 'stop' }], 'month', []],
    ['a warning far past the amount', [stop, { at: 10, kind: 'notify' }], 'month', []],
    ['a burn rate on a month', [stop, { at: 0.02, kind: 'notify', burn: true }], 'month', []],
    ['a burn rate on a day', [stop, { at: 0.02, kind: 'notify', burn: true }], 'day', ['threshold.no_burn_in_a_day']],
    ['a stop by burn rate', [{ ...stop, burn: true }], 'month', ['threshold.stop_is_level']],
    ['a burn rate and a forecast in one', [stop, { at: 1, kind: 'contain', burn: true, withinDays: 3 }], 'month', ['threshold.two_kinds']],
    ['a notify level that acts', [stop, { at: 0.5, kind: 'notify', actions: [block] }], 'month', ['threshold.notify_acts']],
    ['two alike', [stop, { at: 0.5, kind: 'notify' }, { at: 0.5, kind: 'notify' }], 'month', ['threshold.twice']],
  ] as const)('%s', (_, given, period, codes) => {
    expect(thresholdFaults(items(...given), period).map((each) => each.code)).toEqual(codes);
  });

  it('of critical workloads must be answered for from contain on, unless someone says otherwise', () => {
    expect(defaultThresholds(true).map((each) => each.mustAnswer)).toEqual([false, true, true]);
    expect(defaultThresholds(false).map((each) => each.mustAnswer)).toEqual([false, false, false]);
    expect(wholeThresholds(items(stop, { at: 0.8, kind: 'contain', mustAnswer: false }), true).map((each) => each.mustAnswer)).toEqual([
      true,
      false,
    ]);
    expect(stopLevel(defaultThresholds(false))).toBe(950_000);
  });

  it.each([
    { at: 0, kind: 'stop' },
    { at: -1, kind: 'notify' },
    { at: 10.1, kind: 'notify' },
    { at: 0.1234567, kind: 'notify' },
    { at: 1, kind: 'warn' },
    { ...stop, tell: ['everyone'] },
    { ...stop, actions: [{ ...block, params: { x: 1 } }] },
  ])('refuses %j', (given) => expect(thresholdIn.safeParse(given).success).toBe(false));
});
