import { readClock } from '@/lib/clock';
import { type Tx, transaction } from '@/lib/db';
import { booksOf } from '@/lib/insight/books';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type Difference, proveRollups } from '@/lib/ledger/prove';
import { recomputePeriods } from '@/lib/spend/recompute';

/** A proof as it is kept: how many rows, what they add up to, and every figure that is kept otherwise. None is what it should be. */
export type LedgerProof = { id: string; at: Instant; entries: bigint; ledgerNano: bigint; differences: Difference[] };

/**
 * Works out every rollup, every period's figures and what every key holds open from the ledger and the holds alone, at one moment,
 * and keeps what differs. It takes no lock that a decision waits for.
 */
export function proveLedger(orgId: string): Promise<LedgerProof> {
  return transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    const at = await readClock(tx);
    const { entries, ledgerNano, differences } = await proveRollups(tx, await booksOf(tx, orgId));
    for (const { subject, id, figure, kept, recomputed } of await recomputePeriods(tx, orgId)) {
      differences.push({ what: subject, key: { id, figure }, ledger: String(recomputed), kept: String(kept) });
    }
    const proof = { id: makeId('prf', at), at, entries, ledgerNano, differences };
    await keep(tx, orgId, proof);
    return proof;
  });
}

async function keep(tx: Tx, orgId: string, { id, at, entries, ledgerNano, differences }: LedgerProof): Promise<void> {
  await tx.query('INSERT INTO ledger_proof (org_id, id, at, entries, ledger_nano, differences) VALUES ($1, $2, $3, $4, $5, $6)', [
    ...[orgId, id, toIso(at), entries, ledgerNano, JSON.stringify(differences)],
  ]);
}

/** Proofs, newest first, from after one on. */
export function ledgerProofs(tx: Tx, orgId: string, after: string | null, limit: number): Promise<LedgerProof[]> {
  return tx.query<LedgerProof>(
    `SELECT id, at, entries, ledger_nano AS "ledgerNano", differences FROM ledger_proof
      WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [orgId, after, limit],
  );
}
