import fc from 'fast-check';
import { expect, it } from 'vitest';
import { days, instant, plus } from '@/lib/kernel/instant';
import { type Calendar, localDay, localHourStart } from '@/lib/kernel/period';
import type { NewEntry } from '@/lib/ledger/entry';
import { randomEntries } from '@/lib/testing/random-ledger';
import { addSpent, spentOf } from './cells';

const ZONES = ['Europe/Berlin', 'Asia/Kolkata', 'Asia/Kathmandu', 'Pacific/Chatham', 'Australia/Lord_Howe', 'America/St_Johns'];
const FROM = instant(Date.UTC(2026, 0, 1) * 1_000);
const entriesFrom = (seed: number): NewEntry[] => randomEntries(seed, 20, FROM, plus(FROM, days(365)));

it('keeps spend in quarters of an hour that no hour or day of any zone cuts in two', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...ZONES), (seed, zone) => {
      const calendar: Calendar = { zone, weekStart: 1, fiscalYearStart: 1 };
      for (const entry of entriesFrom(seed)) {
        const [cell] = [...spentOf([entry]).values()];
        expect(localHourStart(calendar, cell!.at)).toBe(localHourStart(calendar, entry.bookedAt));
        expect(localDay(calendar, cell!.at)).toBe(localDay(calendar, entry.bookedAt));
      }
    }),
  );
});

it('comes to the same whether rows are added at once or part by part, and the newest stays the newest', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(20), (seed, cut) => {
      const entries = entriesFrom(seed);
      const [first, second] = [spentOf(entries.slice(0, cut)), spentOf(entries.slice(cut))];
      addSpent(first, second);
      expect(new Map([...first].sort())).toEqual(new Map([...spentOf(entries)].sort()));
    }),
  );
});
