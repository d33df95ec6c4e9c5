import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days, hours } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import { stableRun } from '../exit/rules';
import { type DayFacts, verdictOf } from './rules';

const $ = (dollars: number) => nanoUsd(BigInt(Math.round(dollars * 1e9)));

const DAY: DayFacts = {
  ...{ actual: $(90), charged: $(90), allowance: $(100), percent: 100, stopped: 0, length: days(1), calls: 40, newStops: 0, unpriced: 0 },
  ...{ staleSources: [], forecastUpper: $(900), limit: $(950) },
};

describe('the verdict of a day', () => {
  it.each([
    ['within its allowance, with demand, on whole data', {}, 'stable'],
    ['at its allowance to the nano-dollar', { charged: $(100) }, 'stable'],
    ['a nano-dollar above it', { charged: nanoUsd($(100) + 1n) }, 'watch'],
    ['a tenth above it', { charged: $(110) }, 'watch'],
    ['more than a tenth above it', { charged: nanoUsd($(110) + 1n) }, 'worse'],
    ['a new stop', { newStops: 1 }, 'worse'],
    ['a call without a price', { unpriced: 1 }, 'watch'],
    ['a forecast whose upper edge is above the limit', { forecastUpper: $(951) }, 'watch'],
    ['no forecast', { forecastUpper: null }, 'stable'],
    ['stopped all day', { stopped: days(1), actual: $(0), charged: $(0), allowance: $(0), percent: null, calls: 0 }, 'held'],
    ['stopped for a part of it', { stopped: hours(3) }, 'held'],
    ['stopped for a part of it, and far over', { stopped: hours(3), charged: $(200) }, 'worse'],
  ] as const)('%s', (_, part, verdict) => expect(verdictOf({ ...DAY, ...part }).verdict).toBe(verdict));

  it('zero spend is not stability', () => {
    expect(verdictOf({ ...DAY, actual: $(0), charged: $(0), calls: 0 }).verdict).toBe('held');
    expect(verdictOf({ ...DAY, actual: $(0), charged: $(0) }).verdict).toBe('held');
    expect(stableRun([{ verdict: 'held', wholeAt: 100 }])).toBe(0);
  });

  it('stale data is inconclusive', () => {
    for (const part of [{}, { charged: $(500) }, { actual: $(0), calls: 0 }, { newStops: 2 }])
      expect(verdictOf({ ...DAY, ...part, staleSources: ['otlp'] }).verdict).toBe('inconclusive');
  });

  it('is stable only with demand, on whole data, within the allowance, and nothing flowed otherwise', () => {
    const money = fc.bigInt(0n, 10n ** 12n).map(nanoUsd);
    const facts = fc.record({
      ...{ actual: money, charged: money, allowance: money, calls: fc.nat(3), newStops: fc.nat(1), unpriced: fc.nat(1) },
      ...{ stopped: fc.constantFrom(0, hours(1), days(1)), staleSources: fc.constantFrom([], ['api']) },
    });
    fc.assert(
      fc.property(facts, (part) => {
        const f = { ...DAY, ...part };
        if (verdictOf(f).verdict !== 'stable') return;
        expect(f.staleSources).toEqual([]);
        expect([f.stopped, f.newStops, f.unpriced]).toEqual([0, 0, 0]);
        expect(f.actual > 0n && f.calls > 0 && f.charged <= f.allowance).toBe(true);
      }),
    );
  });
});
