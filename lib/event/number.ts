import { createHash } from 'node:crypto';
import { reader, type Tx, transaction } from '@/lib/db';

/** Wakes whoever follows: `<organisation> ` has events with new numbers. */
export const NUMBERED = 'hardstop_numbered';

const AT_ONCE = 1_000;

const numberingLock = (orgId: string): bigint => createHash('sha256').update(`event-numbers:${orgId}`).digest().readBigInt64BE();

/**
 * Gives an organisation's committed events their numbers: each the next one, none left out, whoever does it at the same time. Whoever
 * waits here for another sees what was committed meanwhile, so that no event is left for a later turn.
 * @returns how many got one
 */
export async function numberEvents(orgId: string): Promise<number> {
  let numbered = 0;
  for (let done = AT_ONCE; done === AT_ONCE; numbered += done) done = await transaction((tx) => numberSome(tx, orgId));
  return numbered;
}

async function numberSome(tx: Tx, orgId: string): Promise<number> {
  await tx.query('SELECT pg_advisory_xact_lock($1::int8)', [numberingLock(orgId)]);
  const events = await tx.query<{ id: string }>(
    `SELECT id FROM event WHERE org_id = $1 AND sequence IS NULL ORDER BY id LIMIT ${AT_ONCE}`,
    [orgId],
    'event_unnumbered',
  );
  if (events.length === 0) return 0;
  await tx.query(
    `WITH head AS (
       INSERT INTO event_head AS h (org_id, sequence) VALUES ($1, cardinality($2::text[]))
       ON CONFLICT (org_id) DO UPDATE SET sequence = h.sequence + excluded.sequence RETURNING h.sequence - cardinality($2::text[]) AS before)
     UPDATE event e SET sequence = head.before + given.place
       FROM head, unnest($2::text[]) WITH ORDINALITY AS given(id, place) WHERE e.org_id = $1 AND e.id = given.id`,
    [orgId, events.map((each) => each.id)],
    'event_number',
  );
  await tx.query(`SELECT pg_notify('${NUMBERED}', $1)`, [orgId]);
  return events.length;
}

/** Numbers what is left of any organisation: for when whoever should have been woken was away. */
export async function numberLeftEvents(): Promise<void> {
  const left = await reader().query<{ org_id: string }>('SELECT DISTINCT org_id FROM event WHERE sequence IS NULL');
  for (const { org_id } of left) await numberEvents(org_id);
}
