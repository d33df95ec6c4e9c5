import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stageHour } from '@/lib/budget/stage/hour';
import { hours, type Instant, minutes, parseInstant, plus } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import { allowanceOf, flowsIn } from '../stage/rules';
import { daysLeft, daysTouched, targetOf, wholeDays } from './rules';

const at = (text: string): Instant => parseInstant(text) as Instant;
const $ = (dollars: number) => nanoUsd(BigInt(Math.round(dollars * 1e9)));
const calendar = (zone: string) => ({ zone, weekStart: 1, fiscalYearStart: 1, past: [] }) as const;

describe('the target', () => {
  it('is the room over the days left, rounded down, never below nothing', () => {
    expect(targetOf($(57_000), $(34_188), 20)).toBe($(1_140.6));
    expect(targetOf($(10), $(11), 3)).toBe(0n);
    expect(targetOf($(10), $(1), 0)).toBe(0n);
    expect(targetOf(nanoUsd(10n), nanoUsd(0n), 3)).toBe(3n);
  });

  it('counts today among the days left', () => {
    expect(daysLeft(calendar('Europe/Berlin'), at('2026-11-11T15:40:00+01:00'), at('2026-12-01T00:00:00+01:00'))).toBe(20);
    expect(daysLeft(calendar('Europe/Berlin'), at('2026-11-30T23:59:00+01:00'), at('2026-12-01T00:00:00+01:00'))).toBe(1);
    expect(daysLeft(calendar('Europe/Berlin'), at('2026-12-01T00:00:00+01:00'), at('2026-12-01T00:00:00+01:00'))).toBe(0);
  });
});

describe('daylight saving has its days', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29T12:00:00Z', 23],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', 25],
    ['Europe/Berlin', '2026-11-25T12:00:00Z', 24],
    // Its midnight is skipped; half an hour; a quarter past; a day that is not there.
    ['America/Santiago', '2026-09-06T12:00:00Z', 23],
    ['Africa/Cairo', '2026-04-24T12:00:00Z', 23],
    ['Australia/Lord_Howe', '2026-10-04T01:00:00Z', 23.5],
    ['Australia/Lord_Howe', '2026-04-05T01:00:00Z', 24.5],
    ['Asia/Kathmandu', '2026-03-29T12:00:00Z', 24],
    ['Pacific/Apia', '2011-12-29T12:00:00-10:00', 24],
  ] as const)('%s on %s has %d hours, and as many hourly allowances', (zone, noon, length) => {
    const [day] = daysTouched(calendar(zone), at(noon), plus(at(noon), minutes(1)));
    if (!day) throw new Error('no day');
    expect(day.endsAt - day.startsAt).toBe(hours(length));
    const flows = flowsIn([{ at: day.startsAt, percent: 25, targetNano: $(240) }], day.startsAt, day.endsAt);
    expect(allowanceOf(flows)).toBe($(2.5 * length));
    let sum = 0;
    for (let hour = stageHour(calendar(zone), day.startsAt, day.startsAt); hour && hour.startsAt < day.endsAt; ) {
      sum += hour.endsAt - hour.startsAt;
      expect(hour.endsAt).toBeLessThanOrEqual(day.endsAt);
      hour = stageHour(calendar(zone), day.startsAt, hour.endsAt);
    }
    expect(sum).toBe(hours(length));
  });

  it('days touch without gap or overlap in any zone, and each is whole once', () => {
    const zones = ['Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu', 'UTC', 'America/St_Johns'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 1, max: 400 }),
        (zone, offset, length) => {
          const from = plus(at('2009-01-01T00:00:00Z'), hours(offset * 7));
          const to = plus(from, hours(length));
          const touched = daysTouched(calendar(zone), from, to);
          for (const [i, day] of touched.slice(1).entries()) expect(day.startsAt).toBe(touched[i]?.endsAt);
          expect(touched[0]?.startsAt).toBeLessThanOrEqual(from);
          expect(touched.at(-1)?.endsAt).toBeGreaterThanOrEqual(to);
          for (const day of wholeDays(calendar(zone), from, to)) expect(day.startsAt >= from && day.endsAt <= to).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
