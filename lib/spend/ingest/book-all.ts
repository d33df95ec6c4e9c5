import type { NewEntry } from '@/lib/ledger/entry';
import type { SeenWorkload } from '@/lib/workload/seen';
import type { Ending } from '../hold/settlement';
import { entryOf } from './entries';
import type { Evidence } from './evidence';
import { endingOf, type Held, settledBefore } from './held';
import { claimResponses, type ResponseClaim, responseKey, type Told } from './keys';
import type { Opened } from './open';
import type { Placed } from './sort';

/** What a batch comes to: rows of reported usage, ends of holds, and what second sources said. */
export type Booked = { entries: NewEntry[]; endings: Ending[]; evidence: Evidence[] };

/** A record with what it would add: a ledger row, or the two ways in which its hold can end. */
type Draft =
  | { placed: Placed; claim: ResponseClaim | null; entry: NewEntry }
  | { placed: Placed; claim: ResponseClaim | null; ends: ReturnType<typeof endingOf> };

/**
 * Works out what new records add. A call that another source has told of (the same provider response, or a hold that is settled)
 * adds no money: it is kept as evidence.
 */
export async function bookAll(
  opened: Opened,
  records: readonly Placed[],
  seen: Map<string, SeenWorkload>,
  held: Held,
  source: string,
): Promise<Booked> {
  const booked: Booked = { entries: [], endings: [], evidence: [] };
  const drafts = draftAll(opened, records, seen, held, source, booked);
  const claims = new Map<string, ResponseClaim>();
  for (const { claim } of drafts) if (claim && !claims.has(responseKey(claim))) claims.set(responseKey(claim), claim);
  const told = await claimResponses(opened.ctx.tx, opened.ctx.orgId, [...claims.values()]);
  for (const draft of drafts) {
    const first = firstTold(draft.claim, claims, told);
    if (first) booked.evidence.push(evidenceOf(draft.placed, first));
    if ('ends' in draft) booked.endings.push(first ? draft.ends.told : draft.ends.settled);
    else if (!first) booked.entries.push(draft.entry);
  }
  return booked;
}

function draftAll(
  opened: Opened,
  records: readonly Placed[],
  seen: Map<string, SeenWorkload>,
  held: Held,
  source: string,
  booked: Booked,
): Draft[] {
  const { ctx } = opened;
  const settled = new Map<string, Told>();
  const drafts: Draft[] = [];
  for (const placed of records) {
    const { record } = placed;
    const hold = record.holdId === null ? undefined : held.holds.get(record.holdId);
    if (!hold) {
      const workload = seen.get(record.workload);
      if (!workload) throw new Error(`workload ${record.workload} was neither found nor made`);
      const entry = entryOf(ctx, placed, workload, source);
      drafts.push({ placed, entry, claim: claimOf(placed, entry, source) });
      continue;
    }
    const before = settledBefore(hold) ?? settled.get(hold.id);
    if (before) {
      booked.evidence.push(evidenceOf(placed, before));
      continue;
    }
    const ends = endingOf(opened, held, placed, hold, source);
    const entry = ends.settled.entries.at(-1)!;
    settled.set(hold.id, { eventId: record.eventId, source, amountNano: entry.amountNano });
    drafts.push({ placed, ends, claim: claimOf(placed, entry, source) });
  }
  return drafts;
}

function claimOf({ record }: Placed, entry: NewEntry, source: string): ResponseClaim | null {
  const { provider, responseId, eventId, occurredAt } = record;
  return responseId === null ? null : { provider, responseId, eventId, source, amountNano: entry.amountNano, at: occurredAt };
}

/** Who told of a response before this record: an earlier batch, or an earlier record of this one. */
function firstTold(claim: ResponseClaim | null, claims: Map<string, ResponseClaim>, told: Map<string, Told>): Told | null {
  if (!claim) return null;
  const key = responseKey(claim);
  const first = claims.get(key);
  return told.get(key) ?? (first && first.eventId !== claim.eventId ? first : null);
}

const evidenceOf = ({ record, cost }: Placed, told: Told): Evidence => ({ record, told, amountNano: cost.amountNano });
