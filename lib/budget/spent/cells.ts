import { type Instant, instant } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd } from '@/lib/kernel/money';
import type { Basis, NewEntry } from '@/lib/ledger/entry';

/**
 * Quarters of an hour, µs. The hours and days of every zone are made of whole ones, so that no change of a zone ever cuts spend
 * anew.
 */
const QUARTER = 900_000_000;

/** What a period is charged with in one quarter of an hour, of one basis and at one price ('' without one). */
export type SpentCell = { at: Instant; basis: Basis; priceRef: string; entries: number; amountNano: NanoUsd; freshAt: Instant };

/** Cells by what tells them apart. */
export type Spent = Map<string, SpentCell>;

function add(spent: Spent, at: Instant, basis: Basis, priceRef: string, entries: number, amountNano: NanoUsd, freshAt: Instant): void {
  const key = `${at} ${basis} ${priceRef}`;
  const there = spent.get(key);
  if (!there) {
    spent.set(key, { at, basis, priceRef, entries, amountNano, freshAt });
    return;
  }
  there.entries += entries;
  there.amountNano = nanoUsd(there.amountNano + amountNano);
  if (freshAt > there.freshAt) there.freshAt = freshAt;
}

/** Adds a ledger row to the quarter of an hour that it is booked in. */
export function addEntry(spent: Spent, { bookedAt, basis, priceRef, amountNano, receivedAt }: NewEntry): void {
  const at = instant(Math.floor(bookedAt / QUARTER) * QUARTER);
  add(spent, at, basis, priceRef ?? '', 1, amountNano, receivedAt);
}

/** Adds what was spent elsewhere; the other stays as it is. */
export function addSpent(spent: Spent, other: Spent): void {
  for (const { at, basis, priceRef, entries, amountNano, freshAt } of other.values())
    add(spent, at, basis, priceRef, entries, amountNano, freshAt);
}

/** What ledger rows come to. */
export function spentOf(entries: readonly NewEntry[]): Spent {
  const spent: Spent = new Map();
  for (const entry of entries) addEntry(spent, entry);
  return spent;
}
