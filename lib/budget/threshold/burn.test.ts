import { describe, expect, it } from 'vitest';
import { days, hours, type Instant, minutes, parseInstant, plus } from '@/lib/kernel/instant';
import { type NanoUsd, ppm } from '@/lib/kernel/money';
import { burnWindow, isBurning, isNear, isQuiet, lastTwelfth } from './burn';

const NOON = parseInstant('2026-11-24T12:00:00Z') as Instant;
const of = (length: number) => ({ startsAt: NOON, endsAt: plus(NOON, length as never) });
const nano = (amount: number) => BigInt(amount) as NanoUsd;
const both = (amount: number, booked = amount) => ({ arrived: nano(amount), booked: nano(booked) });

describe('the window of a burn rate', () => {
  it.each([
    ['2 % of a month of 30 days', 0.02, days(30), hours(1)],
    ['5 % of a month of 30 days', 0.05, days(30), hours(6)],
    ['10 % of a month of 30 days', 0.1, days(30), hours(6)],
    ['2 % of a week', 0.02, days(7), minutes(14)],
    ['2 % of a short span, whose twelfth is a minute at least', 0.02, days(2), minutes(12)],
    ['5 % of a year, of which 48 hours are kept', 0.05, days(365), hours(48)],
  ])('of %s', (_, at, length, window) => {
    expect(burnWindow(ppm(at), of(length))).toBe(window);
  });

  it('is confirmed by its last twelfth', () => {
    expect(lastTwelfth(hours(1))).toBe(minutes(5));
    expect(lastTwelfth(hours(6))).toBe(minutes(30));
  });
});

describe('an amount of 12,000 that is burnt at 2 %', () => {
  it.each([
    ['240 in the window, 20 in its last twelfth', both(240), both(20), true],
    ['one too little in the window', both(239), both(20), false],
    ['one too little in the last twelfth: it has ended', both(240), both(19), false],
    ['late records: they arrived now, and are booked long ago', both(900, 0), both(900, 0), false],
    ['records booked now that had been counted before', both(0, 900), both(0, 900), false],
  ])('by %s', (_, window, last, isIt) => {
    expect(isBurning(window, last, nano(12_000), ppm(0.02))).toBe(isIt);
  });

  it('is not one of nothing', () => {
    expect(isBurning(both(1), both(1), nano(0), ppm(0.02))).toBe(false);
  });
});

it('what fired is armed again after one whole window in which it was not so', () => {
  expect(isQuiet(NOON, hours(1), plus(NOON, minutes(59)))).toBe(false);
  expect(isQuiet(NOON, hours(1), plus(NOON, hours(1)))).toBe(true);
});

it('a forecast is near when it reaches the limit within the days, the last moment of them too', () => {
  expect(isNear(plus(NOON, days(3)), 3, NOON)).toBe(true);
  expect(isNear((plus(NOON, days(3)) + 1) as Instant, 3, NOON)).toBe(false);
  expect(isNear(null, 366, NOON)).toBe(false);
});
