import fc from 'fast-check';
import { expect, test } from 'vitest';
import { days, fromDate, hours, type Instant, instant, minus, minutes, parseInstant, plus, seconds, since, toDate, toIso } from './instant';

test.each([
  ['2026-11-24T03:14:15Z', '2026-11-24T03:14:15Z'],
  ['2026-11-24T03:14:15.926535Z', '2026-11-24T03:14:15.926535Z'],
  ['2026-11-24T03:14:15.9265358979Z', '2026-11-24T03:14:15.926535Z'],
  ['2026-11-24T03:14:15.5Z', '2026-11-24T03:14:15.500Z'],
  ['2026-11-24T03:14Z', '2026-11-24T03:14:00Z'],
  ['2026-11-24T08:44:15+05:30', '2026-11-24T03:14:15Z'],
  ['2026-11-24T08:44:15+0530', '2026-11-24T03:14:15Z'],
  ['2026-11-23 21:14:15.000001-06', '2026-11-24T03:14:15.000001Z'],
  ['1969-12-31T23:59:59.999999Z', '1969-12-31T23:59:59.999999Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
])('%s is the instant %s', (text, expected) => {
  expect(toIso(parseInstant(text) as Instant)).toBe(expected);
});

test.each([
  '',
  'now',
  '2026-11-24',
  '2026-11-24T03:14:15',
  '2026-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-11-24T25:00:00Z',
  '2026-11-24T03:60:00Z',
  '2026-11-24T03:14:15+99:00',
  ' 2026-11-24T03:14:15Z',
  '2026-11-24T03:14:15Z\n',
])('%j is no instant', (text) => {
  expect(parseInstant(text)).toBeNull();
});

test('what is written is read back to the microsecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: -2_000_000_000_000_000, max: 8_000_000_000_000_000 }), (micros) => {
      expect(parseInstant(toIso(instant(micros)))).toBe(micros);
    }),
  );
});

test('lengths of time are microseconds', () => {
  const at = instant(1_000_000);
  expect([seconds(0.5), minutes(1), hours(1), days(1)]).toEqual([500_000, 60_000_000, 3_600_000_000, 86_400_000_000]);
  expect(since(at, plus(at, hours(2)))).toBe(hours(2));
  expect(minus(plus(at, days(3)), days(3))).toBe(at);
});

test('a Date is the millisecond before, on both sides of 1970', () => {
  expect(toDate(instant(1_999)).getTime()).toBe(1);
  expect(toDate(instant(-1)).getTime()).toBe(-1);
  expect(fromDate(new Date(5))).toBe(5_000);
});
