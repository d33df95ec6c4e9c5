import { hours, type Instant } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd } from '@/lib/kernel/money';
import type { Period } from '@/lib/kernel/period';
import type { Curve } from './curve';

/** Less than an hour of spend says nothing of a rate. */
const LEAST = hours(1);

/**
 * The straight run rate: what was charged so far over the time that it took, drawn on to the period's end. It begins with the period, or
 * with the first data where that came later, and goes on from the moment up to which data is there. Empty with less than an hour of it,
 * or when nothing has been spent.
 */
export function runRate(charged: NanoUsd, span: Period, dataSince: Instant | null, until: Instant): { curve: Curve; elapsed: number } {
  const elapsed = dataSince === null ? 0 : until - Math.max(span.startsAt, dataSince);
  if (elapsed < LEAST || charged <= 0n || until >= span.endsAt) return { curve: [], elapsed };
  const end = nanoUsd(charged + (charged * BigInt(span.endsAt - until)) / BigInt(elapsed));
  return {
    curve: [
      { at: until, median: charged, low: null, high: null },
      { at: span.endsAt, median: end, low: null, high: null },
    ],
    elapsed,
  };
}
