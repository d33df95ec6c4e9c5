import type { Tx } from '@/lib/db';
import { insertAllNew } from '@/lib/db/insert-all-new';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { arrayText } from '@/lib/ledger/columns';

/** An event's key is kept a day longer than records may be old (401 days), so that a record cannot come twice. In hours: no zone moves them. */
const KEPT = '9624 hours';

/** What an event id is claimed with: the hash of the record (hex) and when it occurred. */
export type EventClaim = { eventId: string; hash: string; occurredAt: Instant };
export type Claimed = 'new' | 'duplicate' | 'conflict';

const CLAIM_EVENTS = `INSERT INTO event_key (org_id, event_id, body_hash, keep_until)
  SELECT $1, t.id, decode(t.hash, 'hex'), t.at + interval '${KEPT}' FROM unnest($2::text[], $3::text[], $4::timestamptz[]) AS t(id, hash, at)`;
const CLAIM_NEW_EVENTS = `${CLAIM_EVENTS} ON CONFLICT (org_id, event_id) DO NOTHING RETURNING event_id AS "eventId"`;

/**
 * Claims event ids, the first write of all: the same id with the same hash is a duplicate, with another a conflict. Claims are
 * made in the order of the ids, so that two batches that share some wait for each other instead of dead-locking.
 * @param claims each id once · @returns what became of each id
 */
export async function claimEvents(tx: Tx, orgId: string, claims: readonly EventClaim[]): Promise<Map<string, Claimed>> {
  const outcome = new Map<string, Claimed>();
  if (claims.length === 0) return outcome;
  const sorted = [...claims].sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
  const values = [
    orgId,
    arrayText(sorted.map((each) => each.eventId)),
    arrayText(sorted.map((each) => each.hash)),
    arrayText(sorted.map((each) => toIso(each.occurredAt))),
  ];
  const areNew = await insertAllNew(tx, () => tx.query(CLAIM_EVENTS, values, 'claim_events'));
  const fresh = areNew ? sorted : await tx.query<{ eventId: string }>(CLAIM_NEW_EVENTS, values, 'claim_new_events');
  for (const { eventId } of fresh) outcome.set(eventId, 'new');
  const known = sorted.filter((each) => !outcome.has(each.eventId));
  if (known.length === 0) return outcome;
  const rows = await tx.query<{ event_id: string; hash: string }>(
    `SELECT event_id, encode(body_hash, 'hex') AS hash FROM event_key WHERE org_id = $1 AND event_id = ANY($2::text[])`,
    [orgId, arrayText(known.map((each) => each.eventId))],
    'read_events',
  );
  const hashes = new Map(rows.map((row) => [row.event_id, row.hash]));
  for (const each of known) outcome.set(each.eventId, hashes.get(each.eventId) === each.hash ? 'duplicate' : 'conflict');
  return outcome;
}

/** What a provider's response id is claimed with: the record that tells of it, and what it cost. */
export type ResponseClaim = { provider: string; responseId: string; eventId: string; source: string; amountNano: NanoUsd; at: Instant };
/** The record that told of a response first. */
export type Told = { eventId: string; source: string; amountNano: NanoUsd };

/** The one order in which responses are claimed, so that two batches that share some wait for each other instead of dead-locking. */
function byResponse(a: ResponseClaim, b: ResponseClaim): number {
  if (a.provider !== b.provider) return a.provider < b.provider ? -1 : 1;
  return a.responseId < b.responseId ? -1 : 1;
}

export const responseKey = (claim: { provider: string; responseId: string }): string => `${claim.provider}\0${claim.responseId}`;

const CLAIM_RESPONSES = `INSERT INTO response_key (org_id, provider, response_id, event_id, source, amount_nano, at)
  SELECT $1, t.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int8[], $7::timestamptz[]) AS t`;
const CLAIM_NEW_RESPONSES = `${CLAIM_RESPONSES} ON CONFLICT (org_id, provider, response_id) DO NOTHING
  RETURNING provider, response_id AS "responseId"`;

/**
 * Claims provider responses: one response is one call, whichever source tells of it first.
 * @param claims each response once · @returns by `responseKey`, for those that were told of before, by whom
 */
export async function claimResponses(tx: Tx, orgId: string, claims: readonly ResponseClaim[]): Promise<Map<string, Told>> {
  const told = new Map<string, Told>();
  if (claims.length === 0) return told;
  const sorted = [...claims].sort(byResponse);
  const values = [
    orgId,
    arrayText(sorted.map((each) => each.provider)),
    arrayText(sorted.map((each) => each.responseId)),
    arrayText(sorted.map((each) => each.eventId)),
    arrayText(sorted.map((each) => each.source)),
    arrayText(sorted.map((each) => each.amountNano)),
    arrayText(sorted.map((each) => toIso(each.at))),
  ];
  if (await insertAllNew(tx, () => tx.query(CLAIM_RESPONSES, values, 'claim_responses'))) return told;
  const fresh = await tx.query<{ provider: string; responseId: string }>(CLAIM_NEW_RESPONSES, values, 'claim_new_responses');
  const claimed = new Set(fresh.map(responseKey));
  const known = sorted.filter((each) => !claimed.has(responseKey(each)));
  const rows = await tx.query<Told & { provider: string; responseId: string }>(
    `SELECT provider, response_id AS "responseId", event_id AS "eventId", source, amount_nano AS "amountNano" FROM response_key
      WHERE org_id = $1 AND (provider, response_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
    [orgId, arrayText(known.map((each) => each.provider)), arrayText(known.map((each) => each.responseId))],
    'read_responses',
  );
  for (const row of rows) told.set(responseKey(row), row);
  return told;
}
