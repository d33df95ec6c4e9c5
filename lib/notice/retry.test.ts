import { expect, it } from 'vitest';
import { type Instant, minutes, parseInstant, seconds, since } from '@/lib/kernel/instant';
import { MOST_ATTEMPTS, nextAttempt } from './retry';

const AT = parseInstant('2026-11-24T03:12:00Z') as Instant;

it('rests longer after each failure, for about a day in all, then leaves it to a person', () => {
  const rests: number[] = [];
  for (let n = 1; n < MOST_ATTEMPTS; n++) rests.push(since(AT, nextAttempt(n, AT) as Instant));
  expect(rests.slice(0, 4)).toEqual([seconds(1), seconds(5), seconds(30), minutes(2)]);
  expect(rests).toEqual([...rests].sort((a, b) => a - b));
  const total = rests.reduce((sum, rest) => sum + rest, 0);
  expect(total).toBeGreaterThan(minutes(20 * 60));
  expect(total).toBeLessThan(minutes(26 * 60));
  expect(nextAttempt(MOST_ATTEMPTS, AT)).toBeNull();
});

it('gives a receiver the rest it asks for where that is longer', () => {
  expect(since(AT, nextAttempt(1, AT, seconds(90)) as Instant)).toBe(seconds(90));
  expect(since(AT, nextAttempt(4, AT, seconds(90)) as Instant)).toBe(minutes(2));
});
