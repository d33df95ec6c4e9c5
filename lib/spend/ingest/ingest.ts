import { noteSaved } from '@/lib/containment/effect/note';
import type { Caller } from '@/lib/context';
import { transaction } from '@/lib/db';
import { repeated } from '@/lib/http/attempt';
import type { Instant } from '@/lib/kernel/instant';
import type { NewEntry } from '@/lib/ledger/entry';
import { writeEntries } from '@/lib/ledger/write-entries';
import { seenWorkloads } from '@/lib/workload/seen';
import { chargeEntries } from '../charge';
import { savingsOf } from '../contain/savings';
import { writeExposures } from '../hold/exposure';
import { writeOutcomes } from '../outcome/add';
import { bookAll } from './book-all';
import { writeEvidence } from './evidence';
import { endHeld, lockHeld, withoutStrangers } from './held';
import { claimEvents } from './keys';
import { type Opened, openBooks } from './open';
import { type Rejection, rejectionOf, writeRejections } from './rejections';
import { CONFLICT, type Placed, type Sorted, sortRecords } from './sort';
import { noteSource } from './sources';

/** What became of a batch: counts, and each record that was not taken. `unpriced` are among the accepted. */
export type Ingested = { accepted: number; duplicates: number; rejected: Omit<Rejection, 'body'>[]; unpriced: number };

/**
 * Books usage that was not asked for: each record once, good ones kept and bad ones reported, in one transaction with the ledger,
 * the rollups and every budget they belong to. The same batch sent again changes nothing. Records that name a hold settle it.
 * Lock order: budget set (shared) → holds → key exposures → event ids → responses → ledger and rollups → source → period rows.
 * @param sent records as JSON values · @param source by which way they came in: `api`, `otlp`, …
 * @param now the clock handed in (the sample); absent: the clock door's
 * @throws Fault key.not_live
 */
export function ingestUsage(caller: Caller, sent: readonly unknown[], source: string, now?: Instant): Promise<Ingested> {
  return repeated(() => transaction(async (tx) => ingest(await openBooks(tx, caller, now), sent, source)));
}

async function ingest(opened: Opened, sent: readonly unknown[], source: string): Promise<Ingested> {
  const { ctx, set } = opened;
  const sorted = sortRecords(sent, ctx.actor.kind === 'api_key' ? ctx.actor.pins : null, ctx.now, opened.book);
  const held = await lockHeld(ctx, sorted.records);
  const known = withoutStrangers(held, sorted.records);
  sorted.rejected.push(...known.rejected);
  const seen = await seenWorkloads(
    ctx.tx,
    set,
    known.records.map(({ record }) => record.workload),
    ctx.now,
  );
  const fresh = await takeFresh(opened, known.records, sorted);
  const booked = await bookAll(opened, fresh, seen, held, source);
  const entries = [...booked.entries, ...booked.endings.flatMap((each) => each.entries)];
  await writeEntries(ctx.tx, set, entries);
  await endHeld(ctx, held, booked.endings);
  await writeExposures(ctx, held.exposures);
  await writeEvidence(ctx, source, booked.evidence);
  await writeOutcomes(
    ctx,
    fresh.map(({ record }) => record),
  );
  await writeRejections(ctx, source, sorted.rejected);
  await noteSource(ctx, source, countsOf(ctx.now, fresh, sorted, entries));
  await chargeEntries(ctx, set, booked.entries, 'unasked', booked.endings);
  await noteSaved(ctx, await savingsOf(ctx, booked.endings));
  return {
    accepted: fresh.length,
    duplicates: sorted.duplicates,
    rejected: sorted.rejected.sort((a, b) => a.index - b.index).map(({ body: _, ...rest }) => rest),
    unpriced: entries.filter((each) => each.basis === 'unpriced').length,
  };
}

/** The records whose event id is new. Those that came before are counted; those that came before with another body are rejected. */
async function takeFresh({ ctx }: Opened, records: readonly Placed[], sorted: Sorted): Promise<Placed[]> {
  const claimed = await claimEvents(
    ctx.tx,
    ctx.orgId,
    records.map(({ record }) => record),
  );
  return records.filter((each) => {
    const outcome = claimed.get(each.record.eventId);
    if (outcome === 'duplicate') sorted.duplicates += 1;
    if (outcome === 'conflict') sorted.rejected.push(rejectionOf(each, CONFLICT));
    return outcome === 'new';
  });
}

function countsOf(now: Instant, fresh: readonly Placed[], sorted: Sorted, entries: readonly NewEntry[]) {
  return {
    lastOccurredAt:
      fresh.reduce<Instant | null>((last, { record }) => (last === null || record.occurredAt > last ? record.occurredAt : last), null) ??
      now,
    accepted: fresh.length,
    duplicates: sorted.duplicates,
    rejected: sorted.rejected.length,
    late: entries.filter((each) => each.late).length,
  };
}
