import type { Pins } from '@/lib/context';
import type { Instant } from '@/lib/kernel/instant';
import type { Book } from '@/lib/price/rules';
import { type Cost, costOfRecord } from './entries';
import { faultOfSize } from './limits';
import { readRecord, type UsageRecord } from './record';
import { type Rejection, rejectionOf } from './rejections';

/** A record to book: its place in what was sent, as it came, as it was read, and what it costs. */
export type Placed = { index: number; body: unknown; record: UsageRecord; cost: Cost };

/** What was sent, read and told apart, before the database is asked: each event id once. */
export type Sorted = { records: Placed[]; duplicates: number; rejected: Rejection[] };

/** Reads each record by itself and finds those that are in the batch twice: the same again is a duplicate, another body a conflict. */
export function sortRecords(sent: readonly unknown[], pins: Pins | null, now: Instant, book: Book): Sorted {
  const first = new Map<string, UsageRecord>();
  const sorted: Sorted = { records: [], duplicates: 0, rejected: [] };
  sent.forEach((body, index) => {
    const reading = readRecord(body, pins, now);
    if (reading.kind === 'rejected') {
      sorted.rejected.push({ index, body, eventId: reading.eventId, ...reading.fault });
      return;
    }
    const { record } = reading;
    const before = first.get(record.eventId);
    if (before?.hash === record.hash) {
      sorted.duplicates += 1;
      return;
    }
    const cost = costOfRecord(record, book);
    const fault = before ? CONFLICT : faultOfSize(record, cost.amountNano, book);
    if (fault) {
      sorted.rejected.push(rejectionOf({ index, body, record }, fault));
      return;
    }
    first.set(record.eventId, record);
    sorted.records.push({ index, body, record, cost });
  });
  return sorted;
}

export const CONFLICT = {
  pointer: '/eventId',
  code: 'usage.conflict',
  detail: 'This event id was sent before with another body. Give a new event its own id; what is booked is corrected by a person.',
};
