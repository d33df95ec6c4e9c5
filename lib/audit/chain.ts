import { createHash } from 'node:crypto';
import { reader, type Tx, transaction } from '@/lib/db';
import { CHAIN_START, chainedHash, ENTRY_COLUMNS, type EntryRow } from './entry';

const AT_ONCE = 1_000;

const chainLock = (orgId: string): bigint => createHash('sha256').update(`audit-chain:${orgId}`).digest().readBigInt64BE();

/**
 * Gives entries that have been committed their places in their organisations' chains. Whoever changes something does not wait
 * for this, so that the head of the chain is no hot row; one process at a time chains an organisation, another passes on.
 * @returns how many entries were chained
 */
export async function chainAudit(): Promise<number> {
  const waiting = await reader().query<{ org_id: string }>('SELECT DISTINCT org_id FROM audit_entry WHERE sequence IS NULL');
  let chained = 0;
  for (const { org_id } of waiting) {
    for (let done = AT_ONCE; done === AT_ONCE; chained += done) done = await transaction((tx) => chainSome(tx, org_id));
  }
  return chained;
}

async function chainSome(tx: Tx, orgId: string): Promise<number> {
  const [lock] = await tx.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock($1::int8) AS got', [chainLock(orgId)]);
  if (!lock?.got) return 0;
  const entries = await tx.query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM audit_entry WHERE org_id = $1 AND sequence IS NULL ORDER BY id LIMIT ${AT_ONCE}`,
    [orgId],
  );
  const [head] = await tx.query<{ sequence: bigint; hash: Buffer }>(
    'SELECT sequence, hash FROM audit_entry WHERE org_id = $1 AND sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1',
    [orgId],
  );
  let { sequence, hash } = head ?? { sequence: 0n, hash: CHAIN_START };
  const places = entries.map((entry) => {
    sequence += 1n;
    hash = chainedHash(hash, sequence, entry);
    return { id: entry.id, sequence, hash };
  });
  await tx.query(
    `UPDATE audit_entry e SET sequence = w.sequence, hash = w.hash FROM unnest($2::text[], $3::int8[], $4::bytea[]) AS w(id, sequence, hash)
      WHERE e.org_id = $1 AND e.id = w.id`,
    [orgId, places.map((each) => each.id), places.map((each) => each.sequence), places.map((each) => each.hash)],
  );
  return entries.length;
}
