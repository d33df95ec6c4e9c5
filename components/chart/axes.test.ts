import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTop, moneyTicks } from './money-axis';
import { midnights, timeTicks } from './time-axis';

const usd = (dollars: number) => BigInt(dollars) * 1_000_000_000n;
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('the money axis', () => {
  it('ends 5 % above the largest amount', () => expect(axisTop(usd(100))).toBe(usd(105)));
  it('ends at one dollar when nothing was spent', () => expect(axisTop(0n)).toBe(usd(1)));
  it.each([
    [usd(94_500), [0, 20_000, 40_000, 60_000, 80_000]],
    [usd(103), [0, 25, 50, 75, 100]],
    [usd(8), [0, 2, 4, 6, 8]],
  ])('has round steps to %s', (top, dollars) => expect(moneyTicks(top)).toEqual(dollars.map(usd)));

  it('starts at $0, stays under its end and never has more ticks than asked', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 20n }), fc.integer({ min: 2, max: 8 }), (top, most) => {
        const ticks = moneyTicks(top, most);
        expect(ticks[0]).toBe(0n);
        expect(ticks.length).toBeLessThanOrEqual(most);
        expect((ticks.at(-1) ?? 0n) <= top).toBe(true);
      }),
    );
  });
});

describe('the time axis', () => {
  const at = (text: string) => Date.parse(text);

  it('finds local midnights over a change to winter time', () => {
    const found = midnights(at('2026-10-24T00:00:00+02:00'), at('2026-10-27T00:00:00+01:00'), 'Europe/Berlin');
    expect(found.map((ms) => new Date(ms).toISOString())).toEqual([
      '2026-10-23T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
  });

  it('finds them over a change to summer time and far west', () => {
    expect(midnights(at('2026-03-28T00:00:00+01:00'), at('2026-03-31T00:00:00+02:00'), 'Europe/Berlin')).toHaveLength(3);
    expect(midnights(at('2026-11-01T00:00:00-07:00'), at('2026-11-03T00:00:00-08:00'), 'America/Los_Angeles')).toHaveLength(2);
  });

  it('labels Mondays of a month and leaves room for what is taken', () => {
    const [from, to] = [at('2026-11-01T00:00:00+01:00'), at('2026-12-01T00:00:00+01:00')];
    const labels = (taken: number[]) => timeTicks(from, to, 'Europe/Berlin', 650, taken).major.map((tick) => plain(tick.label));
    expect(labels([])).toEqual(['Sun 1 Nov', 'Mon 9', 'Mon 16', 'Mon 23']);
    expect(labels([at('2026-11-23T14:05:00+01:00')])).toEqual(['Sun 1 Nov', 'Mon 9', 'Mon 16']);
  });

  it('labels hours of a day and months of a year', () => {
    const day = timeTicks(at('2026-11-23T00:00:00+01:00'), at('2026-11-24T00:00:00+01:00'), 'Europe/Berlin', 600);
    expect(day.major.map((tick) => tick.label)).toEqual(['00:00', '06:00', '12:00', '18:00']);
    const year = timeTicks(at('2026-01-01T00:00:00+01:00'), at('2027-01-01T00:00:00+01:00'), 'Europe/Berlin', 1_000);
    expect(plain(year.major[1]?.label ?? '')).toBe('Mar 2026');
  });
});
