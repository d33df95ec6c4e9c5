import { describe, expect, it } from 'vitest';
import { type Instant, parseInstant, toIso } from '@/lib/kernel/instant';
import type { Calendar } from '@/lib/kernel/period';
import { type CustomDays, isDay, type RangeName, rangeOf } from './range';

const BERLIN: Calendar = { zone: 'Europe/Berlin', weekStart: 1, fiscalYearStart: 1 };
const at = (iso: string) => parseInstant(iso) as Instant;
const shown = (name: RangeName, now: string, custom: CustomDays | null = null) => {
  const { from, to, isOver, before } = rangeOf(name, custom, BERLIN, at(now));
  return { range: `${toIso(from)}/${toIso(to)}`, isOver, before: `${toIso(before.from)}/${toIso(before.to)}` };
};

describe('a range by name', () => {
  it('ends with today while it grows, and is compared up to the same time of the same day', () =>
    expect(shown('this_month', '2026-11-24T10:15:42Z')).toEqual({
      range: '2026-10-31T23:00:00Z/2026-11-24T23:00:00Z',
      isOver: false,
      before: '2026-09-30T22:00:00Z/2026-10-24T09:15:00Z',
    }));

  it('is compared with no more than the whole month before, where that one is shorter', () =>
    expect(shown('this_month', '2026-03-31T10:00:00Z').before).toBe('2026-01-31T23:00:00Z/2026-02-28T23:00:00Z'));

  it('is compared whole once it is over', () =>
    expect(shown('last_week', '2026-11-24T10:15:00Z')).toEqual({
      range: '2026-11-15T23:00:00Z/2026-11-22T23:00:00Z',
      isOver: true,
      before: '2026-11-08T23:00:00Z/2026-11-15T23:00:00Z',
    }));

  it('has days of 25 hours whole', () =>
    expect(shown('yesterday', '2026-10-26T10:00:00Z').range).toBe('2026-10-24T22:00:00Z/2026-10-25T23:00:00Z'));
});

describe('a range from one day to another', () => {
  const last = '2026-11-10';

  it('has both days in it, and the same number of days before it', () =>
    expect(shown('custom', '2026-11-24T10:15:00Z', { first: '2026-11-08', last })).toEqual({
      range: '2026-11-07T23:00:00Z/2026-11-10T23:00:00Z',
      isOver: true,
      before: '2026-11-04T23:00:00Z/2026-11-07T23:00:00Z',
    }));

  it('may be given the wrong way round', () =>
    expect(shown('custom', '2026-11-24T10:15:00Z', { first: last, last: '2026-11-08' }).range).toBe(
      '2026-11-07T23:00:00Z/2026-11-10T23:00:00Z',
    ));

  it('never ends after today', () =>
    expect(shown('custom', '2026-11-24T10:15:00Z', { first: '2026-11-20', last: '2027-01-01' }).range).toBe(
      '2026-11-19T23:00:00Z/2026-11-24T23:00:00Z',
    ));

  it.each(['2026-02-30', '2026-1-1', 'today', null])('takes no %s for a day', (text) => expect(isDay(text)).toBe(false));
});
