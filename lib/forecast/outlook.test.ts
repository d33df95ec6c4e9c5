import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days, hours, type Instant, instant, minutes, plus } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import { isHeld } from './conformal';
import { reaches, valueAt } from './curve';
import { type Ground, outlookOf } from './outlook';
import { replay, trackOf, widthAt } from './replay';
import { runRate } from './run-rate';

const START = instant(1_700_000_000_000_000);
const MONTH = { startsAt: START, endsAt: plus(START, days(30)) };
const into = (length: number): Instant => instant(START + length);
const usd = (dollars: number) => nanoUsd(BigInt(Math.round(dollars * 1e9)));
const WEEK_OF = [10, 12, 14, 12, 10, 4, 1];

/** A month that has run for `gone` days and spent $10 a day, in an organisation with so many whole days of history before today. */
function ground(gone: number, history: (number | null)[] | null, more: Partial<Ground> = {}): Ground {
  const now = into(days(gone));
  const first = Math.floor(gone) + 1;
  return {
    ...{ charged: usd(10 * gone), limit: usd(285), span: MONTH, now, since: START, until: now },
    history: history?.map((each) => (each === null ? null : each * 1e9)) ?? null,
    ahead: Array.from({ length: 31 - first }, (_, day) => ({
      endsAt: into(days(first + day)),
      share: day === 0 ? first - gone : 1,
    })),
    ...more,
  };
}
const flat = (count: number) => Array.from({ length: count }, () => 10);

describe('under 14 days of data', () => {
  it.each([
    ['half spent in a fifth of the month ends at 38 %', 50, START, days(6), into(days(11.4))],
    ['spent evenly, it lasts longer than the month', 20, START, days(10), null],
    ['nothing spent says nothing', 0, START, days(10), null],
    ['less than an hour says nothing', 90, START, minutes(59), null],
    ['data that came late counts from when it came', 50, into(days(8)), days(10), into(days(11.8))],
    ['no data says nothing', 0, null, days(10), null],
    ['at the limit it is over now', 95, START, days(10), into(days(10))],
    ['after its end there is none', 20, START, days(31), null],
  ])('the straight run rate stands alone: %s', (_, charged, since, gone, expected) => {
    const now = into(gone);
    const found = outlookOf(ground(1, flat(13), { charged: usd(charged), limit: usd(95), since, now, until: now }));
    expect(found.runway).toEqual({ at: expected, earliest: null, latest: null });
    expect(found.kind).not.toBe('band');
    expect(found.track).toBeNull();
  });

  it('ends exactly where the rate does: spent so far over the time it took', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.integer({ min: hours(1), max: days(29) }), (charged, gone) => {
        const { curve } = runRate(nanoUsd(charged), MONTH, START, into(gone));
        expect(curve.at(-1)?.median).toBe(charged + (charged * BigInt(days(30) - gone)) / BigInt(gone));
      }),
    );
  });
});

describe('from 14 days of data on', () => {
  it('goes on as it went, with a band, and says when the limit is reached', () => {
    const found = outlookOf(ground(20.5, flat(60)));
    expect(found.kind).toBe('band');
    expect(found.curve.at(-1)).toMatchObject({ at: MONTH.endsAt, median: usd(300), low: usd(300), high: usd(300) });
    expect(found.runway.at).toBe(into(days(28.5)));
    expect(found.track).toEqual({ daysAhead: 10, forecasts: 31, held: 31, medianError: 0 });
  });

  it('takes of today only what is still to come', () => {
    const spent = ground(20.5, flat(60));
    const spentAll = outlookOf({ ...spent, ahead: spent.ahead.map((day, at) => (at === 0 ? { ...day, share: 0 } : day)) });
    expect(spentAll.curve.at(-1)?.median).toBe(usd(295));
    expect(spentAll.curve[1]?.median).toBe(spentAll.curve[0]?.median);
  });

  it('begins exactly where the sources fell silent, and expects what is missing', () => {
    const now = into(days(22));
    const found = outlookOf(ground(20, [...flat(40)], { now }));
    expect(found.curve[0]).toMatchObject({ at: into(days(20)), median: usd(200) });
    expect(valueAt(found.curve, 'median', now)).toBe(usd(220));
  });

  it('says now where the forecast reached the limit while nothing was told', () => {
    const found = outlookOf(ground(20, flat(40), { now: into(days(22)), limit: usd(205) }));
    expect(found.runway.at).toBe(into(days(22)));
  });

  it('stands on the run rate where history cannot be told by the day, or has too few days in it', () => {
    expect(outlookOf(ground(20, null)).kind).toBe('run_rate');
    const holed = flat(20).map((each, at) => (at % 2 === 0 ? each : null));
    expect(outlookOf(ground(20, holed)).kind).toBe('run_rate');
    expect(outlookOf(ground(20, flat(14))).kind).toBe('band');
  });

  it('has its band around its median, from what is charged, never narrowing, for any history', () => {
    const any = fc.array(fc.oneof({ weight: 9, arbitrary: fc.nat(10_000) }, { weight: 1, arbitrary: fc.constant(null) }), {
      ...{ minLength: 20, maxLength: 70 },
    });
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 29 }), (history, gone) => {
        const { curve, kind, runway } = outlookOf(ground(gone, history));
        if (kind !== 'band') return;
        for (const [index, { median, low, high }] of curve.entries()) {
          const before = curve[index - 1];
          if (low === null || high === null) throw new Error('no band');
          expect(low <= median && median <= high).toBe(true);
          if (before) expect(median >= before.median && low >= (before.low ?? 0n) && high >= (before.high ?? 0n)).toBe(true);
        }
        if (runway.at !== null && runway.earliest !== null) expect(runway.earliest <= runway.at).toBe(true);
        if (runway.latest !== null) expect(runway.at !== null && runway.at <= runway.latest).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the curve', () => {
  it('is at an amount at the first moment that has it, and not before', () => {
    const knots = fc.array(fc.tuple(fc.integer({ min: 1, max: 10 ** 12 }), fc.bigInt({ min: 0n, max: 10n ** 15n })), {
      ...{ minLength: 2, maxLength: 8 },
    });
    fc.assert(
      fc.property(knots, fc.bigInt({ min: 1n, max: 10n ** 16n }), (steps, more) => {
        let [at, money] = [START, 0n];
        const curve = steps.map(([length, rise]) => {
          [at, money] = [instant(at + length), money + rise];
          return { at, median: nanoUsd(money), low: null, high: null };
        });
        const amount = nanoUsd((curve[0]?.median ?? 0n) + more);
        const found = reaches(curve, 'median', amount);
        if (found !== null) expect((valueAt(curve, 'median', found) ?? 0n) >= amount).toBe(true);
        expect((valueAt(curve, 'median', instant((found ?? at) - 1)) ?? 0n) < amount).toBe(true);
      }),
    );
  });
});

describe('past forecasts', () => {
  /** Spend by weekday with noise of a fifth, growing by a quarter over the series. */
  const noisy = (seed: number, count: number) => {
    let state = seed;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    return Array.from({ length: count }, (_, at) => {
      const noise = next() + next() + next() - 1.5;
      return (WEEK_OF[at % 7] as number) * (1 + at / (4 * count)) * (1 + 0.4 * noise);
    });
  };

  it.each([1, 7, 14])('hold four of five %i days ahead, on spend by weekday with noise', (ahead) => {
    const judged = Array.from({ length: 12 }, (_, seed) => replay(noisy(seed + 1, 126), 14).judged.get(ahead) ?? []).flat();
    expect(judged.length).toBeGreaterThan(800);
    const coverage = judged.filter(isHeld).length / judged.length;
    expect(coverage).toBeGreaterThan(0.74);
    expect(coverage).toBeLessThan(0.86);
  });

  it('were made without knowing what came: another future changes none of them', () => {
    const series = noisy(3, 80);
    const judged = (days: number[]) => replay(days, 7).judged.get(7) ?? [];
    const before = judged(series);
    const after = judged([...series.slice(0, 60), ...series.slice(60).map((each) => each * 50)]);
    const certain = 60 - 7 - 7 - 4 - 7;
    expect(after.slice(0, certain)).toEqual(before.slice(0, certain));
    expect(after.at(-1)?.error).toBeGreaterThan(before.at(-1)?.error ?? 1);
  });

  it('are not judged where a day of them is not known', () => {
    const holed: (number | null)[] = noisy(5, 40);
    holed[30] = null;
    const whole = replay(noisy(5, 40), 7).judged.get(1)?.length ?? 0;
    expect(replay(holed, 7).judged.get(1)).toHaveLength(whole - 1);
  });

  it('between two measured widths are in proportion, and beyond the last grow with the root of time', () => {
    const widths = [
      { daysAhead: 2, share: 0.1 },
      { daysAhead: 4, share: 0.3 },
    ];
    expect([1, 2, 3, 4, 16].map((ahead) => widthAt(widths, ahead))).toEqual([0.1, 0.1, expect.closeTo(0.2, 9), 0.3, 0.6]);
  });

  it('tell of the furthest ahead, within the period, that ten of have been judged', () => {
    const judged = (count: number) => Array.from({ length: count }, (_, at) => ({ error: at / 100, width: 0.3 }));
    const all = new Map([
      [7, judged(40)],
      [14, judged(12)],
      [21, judged(9)],
    ]);
    expect(trackOf(all, 30)).toEqual({ daysAhead: 14, forecasts: 12, held: 12, medianError: 0.055 });
    expect(trackOf(all, 10)).toEqual({ daysAhead: 7, forecasts: 31, held: 22, medianError: 0.24 });
    expect(trackOf(all, 6)).toBeNull();
  });
});
