import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatDay,
  formatDayRange,
  formatDayTime,
  formatExpectedDay,
  formatLength,
  formatMonth,
  formatTime,
} from './format-time';

const BERLIN = 'Europe/Berlin';
const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2060', '');

describe('moments in the zone of the organisation', () => {
  it('names the weekday with every date', () => {
    expect(plain(formatDay('2026-11-28T00:00:00Z', BERLIN))).toBe('Sat 28 Nov');
    expect(plain(formatDay('2026-11-23T13:05:00Z', BERLIN, { year: true }))).toBe('Mon 23 Nov 2026');
  });

  it('takes the local day, not the UTC one', () => {
    expect(plain(formatDay('2026-11-27T23:30:00Z', BERLIN))).toBe('Sat 28 Nov');
    expect(plain(formatDay('2026-11-27T23:30:00Z', 'America/New_York'))).toBe('Fri 27 Nov');
  });

  it('follows daylight saving', () => {
    expect(formatTime('2026-10-25T00:30:00Z', BERLIN)).toBe('02:30');
    expect(formatTime('2026-10-25T01:30:00Z', BERLIN)).toBe('02:30');
    expect(formatTime('2026-11-22T23:00:00Z', BERLIN)).toBe('00:00');
  });

  it('names the zone where asked', () => {
    expect(plain(formatDayTime('2026-11-23T13:05:00Z', BERLIN, { named: true }))).toBe('Mon 23 Nov, 14:05 Europe/Berlin');
    expect(plain(formatMonth('2026-09-30T22:00:00Z', BERLIN))).toBe('Oct 2026');
  });

  it.each([
    ['2026-10-31T23:00:00Z', '2026-11-30T23:00:00Z', '1–30 Nov'],
    ['2026-11-27T23:00:00Z', '2026-12-02T23:00:00Z', '28 Nov–2 Dec'],
    ['2026-11-27T23:00:00Z', '2026-11-28T23:00:00Z', '28 Nov'],
    ['2026-12-30T23:00:00Z', '2027-01-01T23:00:00Z', '31 Dec 2026–1 Jan 2027'],
  ])('%s to %s is %s', (from, to, text) => expect(plain(formatDayRange(from, to, BERLIN))).toBe(text));

  it('says the range of an expected day', () => {
    expect(plain(formatExpectedDay('2026-11-28T09:00:00Z', BERLIN, '2026-11-27T09:00:00Z', '2026-11-30T09:00:00Z'))).toBe('Sat 28 (27–30)');
    expect(plain(formatExpectedDay('2026-11-28T09:00:00Z', BERLIN, '2026-11-27T09:00:00Z', '2026-12-02T09:00:00Z'))).toBe(
      'Sat 28 (27–2 Dec)',
    );
    expect(plain(formatExpectedDay('2026-11-28T09:00:00Z', BERLIN))).toBe('Sat 28');
    expect(plain(formatExpectedDay('2026-11-28T09:00:00Z', BERLIN, '2026-11-27T09:00:00Z', null))).toBe('Sat 28 (from 27)');
    expect(plain(formatExpectedDay('2026-12-01T09:00:00Z', BERLIN, '2026-11-30T09:00:00Z', null))).toBe('Tue 1 (from 30 Nov)');
    expect(plain(formatExpectedDay('2026-11-28T09:00:00Z', BERLIN, '2026-11-28T03:00:00Z', null))).toBe('Sat 28 or later');
  });

  it('refuses a time without an offset', () => expect(() => formatTime('2026-11-23T13:05:00', BERLIN)).toThrow(RangeError));
});

describe('lengths', () => {
  it.each([
    [450_000_000, '5 d 5 h'],
    [7_200_000, '2 h'],
    [840_000, '14 min'],
    [40_000, '40 s'],
    [-5, '0 s'],
  ])('%i ms is %s', (ms, text) => expect(plain(formatLength(ms))).toBe(text));

  it('says how old a figure is', () => {
    expect(plain(formatAge('2026-11-23T13:04:20Z', '2026-11-23T13:05:00Z'))).toBe('40 s ago');
    expect(formatAge('2026-11-23T13:05:00Z', '2026-11-23T13:05:00Z')).toBe('now');
  });
});
