import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarHistory, type PastCalendar, periodIn } from './calendar-history';
import { days, type Instant, instant, parseInstant, plus, toIso } from './instant';
import { type Calendar, PERIOD_KINDS, periodAt } from './period';

const at = (text: string): Instant => parseInstant(text) as Instant;
const UTC: Calendar = { zone: 'UTC', weekStart: 1, fiscalYearStart: 1 };
const moved = (calendar: Calendar, ...past: PastCalendar[]): CalendarHistory => ({ ...calendar, past });
const span = (kind: 'day' | 'month' | 'year', calendar: CalendarHistory, when: string): string[] => {
  const { startsAt, endsAt } = periodIn(kind, calendar, at(when));
  return [toIso(startsAt), toIso(endsAt)];
};

test('a period that had begun runs to its end, and the next ends where the new calendar says', () => {
  const toTokyo = moved({ ...UTC, zone: 'Asia/Tokyo' }, { ...UTC, until: at('2026-11-24T10:00:00Z') });
  expect(span('day', toTokyo, '2026-11-23T20:00:00Z')).toEqual(['2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z']);
  expect(span('day', toTokyo, '2026-11-24T20:00:00Z')).toEqual(['2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z']);
  expect(span('day', toTokyo, '2026-11-25T01:00:00Z')).toEqual(['2026-11-25T00:00:00Z', '2026-11-25T15:00:00Z']);
  expect(span('day', toTokyo, '2026-11-25T15:00:00Z')).toEqual(['2026-11-25T15:00:00Z', '2026-11-26T15:00:00Z']);
  expect(span('month', toTokyo, '2026-12-01T00:00:00Z')).toEqual(['2026-12-01T00:00:00Z', '2026-12-31T15:00:00Z']);
});

test('a calendar that was left before anything ran by it leaves no trace', () => {
  const thought = moved(
    { ...UTC, fiscalYearStart: 7 },
    { ...UTC, until: at('2026-11-24T10:00:00Z') },
    { ...UTC, fiscalYearStart: 4, until: at('2026-11-24T10:01:00Z') },
  );
  expect(span('year', thought, '2026-11-24T11:00:00Z')).toEqual(['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z']);
  expect(span('year', thought, '2027-02-01T00:00:00Z')).toEqual(['2027-01-01T00:00:00Z', '2027-07-01T00:00:00Z']);
});

test('an organisation that never changed its calendar has the periods of it', () => {
  for (const kind of PERIOD_KINDS)
    expect(periodIn(kind, moved(UTC), at('2026-11-24T10:00:00Z'))).toEqual(periodAt(kind, UTC, at('2026-11-24T10:00:00Z')));
});

const FROM = at('2026-01-01T00:00:00Z');
const calendar = fc.record({
  zone: fc.constantFrom('UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Apia', 'Australia/Lord_Howe', 'Europe/Berlin'),
  weekStart: fc.integer({ min: 1, max: 7 }),
  fiscalYearStart: fc.integer({ min: 1, max: 12 }),
}) as fc.Arbitrary<Calendar>;
const later = fc.integer({ min: FROM, max: plus(FROM, days(1_200)) }).map(instant);

test('whatever the changes, every instant is in exactly one period, and none that had begun is moved', () => {
  fc.assert(
    fc.property(
      fc.array(calendar, { minLength: 2, maxLength: 6 }),
      fc.array(later, { minLength: 6, maxLength: 6 }),
      fc.constantFrom(...PERIOD_KINDS),
      (calendars, moments, kind) => {
        const until = moments.sort((a, b) => a - b);
        const left = calendars.map((each, i): PastCalendar => ({ ...each, until: until[i] as Instant }));
        const historyOf = (changes: number) => moved(calendars[changes] as Calendar, ...left.slice(0, changes));
        const whole = historyOf(calendars.length - 1);
        const to = plus(until[calendars.length - 1] as Instant, days(kind === 'day' ? 3 : 800));
        let period = periodIn(kind, whole, kind === 'day' ? instant(to - days(60)) : FROM);
        while (period.startsAt < to) {
          expect(period.startsAt < period.endsAt).toBe(true);
          for (const inside of [period.startsAt, instant(period.endsAt - 1)]) expect(periodIn(kind, whole, inside)).toEqual(period);
          const next = periodIn(kind, whole, period.endsAt);
          expect(next.startsAt).toBe(period.endsAt);
          period = next;
        }
        for (let changes = 0; changes < calendars.length - 1; changes++) {
          const begun = periodIn(kind, historyOf(changes), until[changes] as Instant);
          expect(periodIn(kind, whole, begun.startsAt)).toEqual(begun);
          expect(periodIn(kind, whole, instant(begun.endsAt - 1))).toEqual(begun);
        }
      },
    ),
    { numRuns: 300 },
  );
});
