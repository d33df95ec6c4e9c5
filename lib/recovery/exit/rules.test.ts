import { describe, expect, it } from 'vitest';
import { nanoUsd } from '@/lib/kernel/money';
import { criteriaOf, stableRun } from './rules';

const $ = (dollars: number) => nanoUsd(BigInt(Math.round(dollars * 1e9)));

describe('exit', () => {
  it('needs stable days in a row at 100 %; each step and any other verdict begins the count again', () => {
    const run = (...said: [string, number | null][]) =>
      stableRun(said.map(([verdict, wholeAt]) => ({ verdict, wholeAt }) as Parameters<typeof stableRun>[0][number]));
    expect(run(['stable', 50], ['stable', 100], ['stable', 100])).toBe(2);
    expect(run(['stable', 100], ['held', 100], ['stable', 100])).toBe(1);
    expect(run(['stable', 100], ['stable', null], ['stable', 100])).toBe(1);
    expect(run(['stable', 100], ['stable', 100], ['inconclusive', 100])).toBe(0);
  });

  it('names what is missing', () => {
    const all = {
      ...{ stableDays: 3, forecastUpper: $(900), limit: $(950), unpriced: 0, openGrants: 0, callsToday: 1, lastDayCalls: 0 },
      ...{ checksDone: 4, checks: 4 },
    };
    const unmet = (part: object) => criteriaOf({ ...all, ...part }).flatMap((each) => (each.met ? [] : [each.key]));
    expect(unmet({})).toEqual([]);
    expect(unmet({ stableDays: 2 })).toEqual(['stable_days']);
    expect(unmet({ forecastUpper: $(951) })).toEqual(['forecast']);
    expect(unmet({ forecastUpper: null })).toEqual(['forecast']);
    expect(unmet({ unpriced: 1 })).toEqual(['unpriced']);
    expect(unmet({ openGrants: 1 })).toEqual(['grants']);
    expect(unmet({ callsToday: 0 })).toEqual(['demand']);
    expect(unmet({ checksDone: 3 })).toEqual(['checks']);
  });
});
