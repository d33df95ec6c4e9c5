import { expect, test } from 'vitest';
import { makeId } from './ids';
import { type Instant, parseInstant } from './instant';

const NOW = parseInstant('2026-11-24T03:14:15Z') as Instant;

test('an id says what it names, in lower case without letters that look alike', () => {
  expect(makeId('bud', NOW)).toMatch(/^bud_[0-9a-hjkmnp-tv-z]{20}$/);
});

test('ids sort by the time they were made', () => {
  const made = [0, 1_000, 60_000_000, 86_400_000_000, 31_536_000_000_000, 3_153_600_000_000_000].map((later) =>
    makeId('hld', (NOW + later) as Instant),
  );
  expect([...made].sort()).toEqual(made);
});

test('ids of the same moment differ', () => {
  expect(new Set(Array.from({ length: 20_000 }, () => makeId('hld', NOW))).size).toBe(20_000);
});
