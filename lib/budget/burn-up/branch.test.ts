import { expect, it } from 'vitest';
import { hours, type Instant, minus, minutes, parseInstant } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import { branchOf } from './branch';

const NOW = parseInstant('2026-11-24T12:00:00Z') as Instant;
const point = (at: string, median: bigint) => ({ at, medianNanoUsd: String(median), lowNanoUsd: null, highNanoUsd: null });
const forecast = {
  ...{ kind: 'run_rate' as const, days: 3, track: null },
  points: [point('2026-11-25T00:00:00Z', 110n), point('2026-11-26T00:00:00Z', 130n)],
};

it('goes on by as much more as the actions in force have saved an hour so far', () => {
  const saving = { since: minus(NOW, hours(24)), saved: nanoUsd(48n) };
  // $2 an hour, so to speak: 12 hours ahead it is 24 more, 36 hours ahead 72.
  expect(branchOf(forecast, saving, NOW)).toEqual({
    ...{ since: '2026-11-23T12:00:00Z', savedNanoUsd: '48' },
    points: [
      { at: '2026-11-25T00:00:00Z', nanoUsd: '134' },
      { at: '2026-11-26T00:00:00Z', nanoUsd: '202' },
    ],
  });
});

it('is left out without a measured saving, without a forecast, and in the first hour', () => {
  const saving = { since: minus(NOW, hours(24)), saved: nanoUsd(48n) };
  expect(branchOf(forecast, null, NOW)).toBeNull();
  expect(branchOf(null, saving, NOW)).toBeNull();
  expect(branchOf(forecast, { ...saving, since: minus(NOW, minutes(59)) }, NOW)).toBeNull();
});
