import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Instant, parseInstant, toIso } from './instant';
import { type Calendar, dayStart, isZone, localDay, localHourStart, nextPeriod, PERIOD_KINDS, type PeriodKind, periodAt } from './period';

const at = (text: string): Instant => parseInstant(text) as Instant;
const inZone = (zone: string, more: Partial<Calendar> = {}): Calendar => ({ zone, weekStart: 1, fiscalYearStart: 1, ...more });
const span = (kind: PeriodKind, calendar: Calendar, when: string): string => {
  const period = periodAt(kind, calendar, at(when));
  return `${toIso(period.startsAt)}/${toIso(period.endsAt)}`;
};

describe('a period', () => {
  test.each<[PeriodKind, Partial<Calendar>, string, string]>([
    ['day', {}, '2026-11-24T03:00:00Z', '2026-11-23T23:00:00Z/2026-11-24T23:00:00Z'],
    ['week', {}, '2026-11-22T12:00:00Z', '2026-11-15T23:00:00Z/2026-11-22T23:00:00Z'],
    ['week', { weekStart: 7 }, '2026-11-22T12:00:00Z', '2026-11-21T23:00:00Z/2026-11-28T23:00:00Z'],
    ['month', {}, '2026-10-31T23:30:00Z', '2026-10-31T23:00:00Z/2026-11-30T23:00:00Z'],
    ['month', { fiscalYearStart: 2 }, '2026-03-31T22:00:00Z', '2026-03-31T22:00:00Z/2026-04-30T22:00:00Z'],
    ['quarter', {}, '2026-11-24T00:00:00Z', '2026-09-30T22:00:00Z/2026-12-31T23:00:00Z'],
    ['quarter', { fiscalYearStart: 2 }, '2026-11-24T00:00:00Z', '2026-10-31T23:00:00Z/2027-01-31T23:00:00Z'],
    ['year', {}, '2026-06-01T00:00:00Z', '2025-12-31T23:00:00Z/2026-12-31T23:00:00Z'],
    ['year', { fiscalYearStart: 4 }, '2026-03-31T00:00:00Z', '2025-03-31T22:00:00Z/2026-03-31T22:00:00Z'],
  ])('of kind %s %j holds %s', (kind, more, when, expected) => {
    expect(span(kind, inZone('Europe/Berlin', more), when)).toBe(expected);
  });

  test('begins after the gap where the clock skips midnight', () => {
    // Brazil and Lebanon set their clocks from 00:00 to 01:00, Egypt too; the day has 23 hours.
    expect(span('day', inZone('America/Sao_Paulo'), '2018-11-04T12:00:00Z')).toBe('2018-11-04T03:00:00Z/2018-11-05T02:00:00Z');
    expect(span('day', inZone('Asia/Beirut'), '2023-03-26T12:00:00Z')).toBe('2023-03-25T22:00:00Z/2023-03-26T21:00:00Z');
    expect(span('day', inZone('Africa/Cairo'), '2024-04-26T12:00:00Z')).toBe('2024-04-25T22:00:00Z/2024-04-26T21:00:00Z');
  });

  test('begins at the first midnight where the clock shows it twice', () => {
    // Havana falls back from 01:00 to 00:00; St. John's fell back from 00:01 to 23:01, so that Saturday's last hour came again.
    expect(span('day', inZone('America/Havana'), '2026-11-01T05:30:00Z')).toBe('2026-11-01T04:00:00Z/2026-11-02T05:00:00Z');
    expect(span('day', inZone('America/St_Johns'), '2010-11-07T03:00:00Z')).toBe('2010-11-07T02:30:00Z/2010-11-08T03:30:00Z');
    expect(localDay(inZone('America/St_Johns'), at('2010-11-07T02:45:00Z'))).toBe('2010-11-07');
  });

  test('is empty for a day that a zone left out', () => {
    const apia = inZone('Pacific/Apia');
    const before = periodAt('day', apia, at('2011-12-30T09:59:59.999999Z'));
    expect(localDay(apia, before.startsAt)).toBe('2011-12-29');
    expect(toIso(before.endsAt)).toBe('2011-12-30T10:00:00Z');
    expect(localDay(apia, nextPeriod('day', apia, before.startsAt).startsAt)).toBe('2011-12-31');
    expect(dayStart(apia, '2011-12-30')).toBe(dayStart(apia, '2011-12-31'));
  });

  test('starts and ends on its days', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...PERIOD_KINDS),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') }),
        (zone, kind, weekStart, fiscalYearStart, micros) => {
          const calendar = { zone, weekStart, fiscalYearStart } as Calendar;
          const { startsAt, endsAt } = periodAt(kind, calendar, micros as Instant);
          expect(startsAt <= micros && micros < endsAt).toBe(true);
          expect(dayStart(calendar, localDay(calendar, startsAt))).toBe(startsAt);
          expect(dayStart(calendar, localDay(calendar, endsAt))).toBe(endsAt);
          expect(periodAt(kind, calendar, (endsAt - 1) as Instant)).toEqual({ startsAt, endsAt });
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('a local hour', () => {
  test.each([
    ['Asia/Kolkata', '2026-11-24T10:45:00Z', '2026-11-24T10:30:00Z'],
    ['Asia/Kathmandu', '2026-11-24T10:45:00Z', '2026-11-24T10:15:00Z'],
    ['America/New_York', '2026-11-01T06:59:59Z', '2026-11-01T06:00:00Z'],
    // Lord Howe goes back from 02:00 to 01:30: the half hour that comes again is an hour of its own.
    ['Australia/Lord_Howe', '2026-04-04T14:59:00Z', '2026-04-04T14:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:10:00Z', '2026-04-04T15:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:40:00Z', '2026-04-04T15:30:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:40:00Z', '2026-10-03T15:30:00Z'],
  ])('of %s at %s began at %s', (zone, when, expected) => {
    expect(toIso(localHourStart(inZone(zone), at(when)))).toBe(expected);
  });

  test('never spans two days', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') }),
        (zone, micros) => {
          const calendar = inZone(zone);
          const start = localHourStart(calendar, micros as Instant);
          expect(micros - start).toBeGreaterThanOrEqual(0);
          expect(micros - start).toBeLessThan(3_600_000_000);
          expect(localHourStart(calendar, start)).toBe(start);
          expect(localDay(calendar, start)).toBe(localDay(calendar, micros as Instant));
        },
      ),
      { numRuns: 400 },
    );
  });
});

test('a zone is a name of the IANA database', () => {
  expect(['Europe/Berlin', 'UTC', 'Asia/Kolkata', 'Asia/Calcutta', 'America/Argentina/Ushuaia'].every(isZone)).toBe(true);
  expect(['', '+02:00', 'Berlin', 'Europe/Berlin ', '../etc/passwd', 'Europe/Berlin\n'].some(isZone)).toBe(false);
  expect(() => periodAt('day', inZone('Mars/Olympus'), at('2026-01-01T00:00:00Z'))).toThrow(RangeError);
});

test('a date that does not exist has no start', () => {
  expect(() => dayStart(inZone('UTC'), '2026-02-30')).toThrow(RangeError);
  expect(() => dayStart(inZone('UTC'), '2026-2-3')).toThrow(RangeError);
});
