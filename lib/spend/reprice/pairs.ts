import type { Instant } from '@/lib/kernel/instant';
import { negate } from '@/lib/kernel/money';
import type { NewEntry } from '@/lib/ledger/entry';
import { type Book, costOf, priceOf } from '@/lib/price/rules';

/** A ledger row as it was written, with its id. */
export type Written = NewEntry & { id: bigint };

/**
 * What pricing an unpriced row adds to the ledger: a row that takes the guess back, and one that puts the cost in. Both are booked
 * where the call was. Null while a kind that was used has no price.
 */
export function pairFor(row: Written, book: Book, now: Instant): [NewEntry, NewEntry] | null {
  const price = priceOf(book, row.provider, row.modelCalled, row.bookedAt);
  if (price.kind !== 'priced') return null;
  const cost = costOf(row.units, price.unitPrices);
  if (cost === null) return null;
  const { id, ...entry } = row;
  const base: NewEntry = { ...entry, kind: 'reprice', corrects: id, receivedAt: now, latencyMs: null, late: false };
  return [
    { ...base, calls: -1, amountNano: negate(row.amountNano) },
    { ...base, calls: 1, basis: 'priced', amountNano: cost, model: price.model, priceRef: price.ref },
  ];
}
