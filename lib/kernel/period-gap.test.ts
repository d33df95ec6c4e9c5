import { expect, test } from 'vitest';
import { type Instant, parseInstant } from './instant';
import { type Calendar, periodAt } from './period';
import { checkZone, type Periods } from './period-oracle';

const FROM = parseInstant('2010-01-01T00:00:00Z') as Instant;
const TO = parseInstant('2035-01-01T00:00:00Z') as Instant;
const HOUR = 3_600_000_000;

/** A calendar for each zone, turned so that every week start and every first month of a fiscal year is met by dozens of them. */
const calendarOf = (zone: string, index: number): Calendar =>
  ({ zone, weekStart: 1 + (index % 7), fiscalYearStart: 1 + (index % 12) }) as Calendar;

test('a period has no gap in any zone', { timeout: 120_000 }, () => {
  const zones = Intl.supportedValuesOf('timeZone');
  let boundaries = 0;
  const faults: string[] = [];
  for (const [index, zone] of zones.entries()) {
    const found = checkZone(zone, [calendarOf(zone, index)], FROM, TO);
    boundaries += found.boundaries;
    faults.push(...found.faults);
  }
  expect(faults).toEqual([]);
  expect(zones.length).toBeGreaterThan(400);
  expect(boundaries / zones.length).toBeGreaterThan(25 * 365);
});

const midnightOf = (at: number, offset: number): number => Math.floor((at + offset) / (24 * HOUR)) * 24 * HOUR - offset;

test.each<[string, string, Periods]>([
  [
    'days of the zone’s winter time all year',
    'Europe/Berlin',
    (kind, calendar, at) =>
      kind === 'day'
        ? { startsAt: midnightOf(at, HOUR) as Instant, endsAt: (midnightOf(at, HOUR) + 24 * HOUR) as Instant }
        : periodAt(kind, calendar, at),
  ],
  [
    'days that begin at the second midnight',
    'America/Havana',
    (kind, calendar, at) => {
      const { startsAt, endsAt } = periodAt(kind, calendar, at);
      const next = periodAt(kind, calendar, endsAt);
      const late = kind === 'day' && next.endsAt - next.startsAt === 25 * HOUR;
      if (kind === 'day' && endsAt - startsAt === 25 * HOUR) return { startsAt: (startsAt + HOUR) as Instant, endsAt };
      return late ? { startsAt, endsAt: (endsAt + HOUR) as Instant } : { startsAt, endsAt };
    },
  ],
  [
    'a day that the zone left out',
    'Pacific/Apia',
    (kind, calendar, at) => {
      const period = periodAt(kind, calendar, at);
      const gap = parseInstant('2011-12-30T10:00:00Z') as Instant;
      return kind === 'day' && period.endsAt === gap ? { ...period, endsAt: (gap + 24 * HOUR) as Instant } : period;
    },
  ],
  [
    'weeks that all begin on Monday',
    'Asia/Tokyo',
    (kind, calendar, at) => periodAt(kind, kind === 'week' ? { ...calendar, weekStart: 1 } : calendar, at),
  ],
  [
    'years that forget the fiscal year',
    'Asia/Kolkata',
    (kind, calendar, at) => periodAt(kind, kind === 'year' ? { ...calendar, fiscalYearStart: 1 } : calendar, at),
  ],
  [
    'a millisecond that is nobody’s',
    'UTC',
    (kind, calendar, at) => {
      const period = periodAt(kind, calendar, at);
      return { ...period, endsAt: (period.endsAt - (kind === 'month' ? 1_000 : 0)) as Instant };
    },
  ],
])('the check finds %s', (_, zone, periods) => {
  expect(checkZone(zone, [{ zone, weekStart: 3, fiscalYearStart: 4 }], FROM, TO, periods).faults).not.toEqual([]);
});
