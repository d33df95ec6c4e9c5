import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sinceFirst, withoutGaps } from './gaps';
import { levelByWeekday, seasonalNaive, WEEK, weekdayIndex } from './models';

const week = [10, 12, 14, 12, 10, 4, 2];
const weeks = <Of extends number | null = number>(count: number, of: readonly Of[] = week as Of[]): Of[] =>
  Array.from({ length: count }, () => of).flat();

describe('the seasonal naive forecast', () => {
  it('is by definition the last value of the same weekday', () => {
    const days = [...weeks(3), 20, 21];
    expect(seasonalNaive(days, 9)).toEqual([14, 12, 10, 4, 2, 20, 21, 14, 12]);
  });

  it('goes back a week more where a day is not known, and takes the average where none is', () => {
    expect(seasonalNaive([...weeks(1), null, ...week.slice(1)], 1)).toEqual([10]);
    expect(seasonalNaive([4, 8], 7)).toEqual([6, 6, 6, 6, 6, 4, 8]);
    expect(seasonalNaive([], 2)).toEqual([0, 0]);
  });

  it('ŷ(T+h) = y(T+h−7k) for every series without gaps', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 7, maxLength: 80 }), fc.integer({ min: 1, max: 40 }), (days, horizon) => {
        const k = Math.floor((horizon - 1) / WEEK) + 1;
        expect(seasonalNaive(days, horizon)[horizon - 1]).toBe(days[days.length - 1 + horizon - WEEK * k]);
      }),
    );
  });
});

describe('level × weekday index', () => {
  it('finds a weekly pattern and repeats it', () => {
    const expected = levelByWeekday(weeks(8), 7);
    for (const [at, value] of expected.entries()) expect(value).toBeCloseTo(week[at] as number, 9);
  });

  it('takes its level from the last 14 days and its index from the last eight weeks', () => {
    const doubled = [...weeks(8), ...weeks(2).map((each) => each * 2)];
    const expected = levelByWeekday(doubled, 7);
    for (const [at, value] of expected.entries()) expect(value).toBeCloseTo((week[at] as number) * 2, 9);
    expect(weekdayIndex([...weeks(1, [99, 0, 0, 0, 0, 0, 0]), ...weeks(8)])[0]).toBeCloseTo(70 / 64, 9);
  });

  it('is moved by no gap', () => {
    const holed: (number | null)[] = weeks(8);
    for (const at of [1, 20, 44, 50]) holed[at] = null;
    const expected = levelByWeekday(holed, 7);
    for (const [at, value] of expected.entries()) expect(value).toBeCloseTo(week[at] as number, 9);
  });

  it('has an index of mean 1', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 ** 6 }), { minLength: 7, maxLength: 70 }), (days) => {
        expect(weekdayIndex(days).reduce((sum, each) => sum + each, 0) / WEEK).toBeCloseTo(1, 6);
      }),
    );
  });
});

describe('days without data', () => {
  const told = (text: string) => [...text].map((each) => each === 'x');

  it('are unknown, not zero', () => {
    const days = [...weeks(1), 0, ...week.slice(1)];
    expect(withoutGaps(days, told('xxxxxxx.xxxxxx'))).toEqual([...weeks(1), null, ...week.slice(1)]);
  });

  it('are the rhythm of the work where most working weeks have none on that weekday', () => {
    const days = weeks(3, [5, 5, 5, 5, 5, 0, 0]);
    expect(withoutGaps(days, told('xxxxx..'.repeat(3)))).toEqual(days);
    expect(withoutGaps(days, told('xxxxx..xxxxxx.xxxxx..'))).toEqual(days);
    expect(withoutGaps([...days.slice(0, 15), 0, ...days.slice(16)], told('xxxxx..xxxxx..x.xxx..'))[15]).toBeNull();
  });

  it('are unknown through an outage of weeks, which is no rhythm', () => {
    const days = [...weeks(1), ...Array.from({ length: 21 }, () => 0), ...weeks(1)];
    expect(withoutGaps(days, told(`xxxxxxx${'.'.repeat(21)}xxxxxxx`)).filter((each) => each === null)).toHaveLength(21);
  });

  it('are nothing spent where calls come once a week', () => {
    const days = weeks(3, [5, 0, 0, 0, 0, 0, 0]);
    expect(withoutGaps(days, told('x......'.repeat(3)))).toEqual(days);
  });

  it('are zero where a source told of others and this spent nothing', () => {
    expect(withoutGaps([5, 0, 5], told('xxx'))).toEqual([5, 0, 5]);
  });

  it('before the first one, and that one itself, are not counted', () => {
    expect(sinceFirst([0, 0, 3, 5, null, 6])).toEqual([5, null, 6]);
    expect(sinceFirst([0, null, 0])).toEqual([]);
  });
});
