import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { CHAIN_START, chainedHash, ENTRY_COLUMNS, type EntryRow } from './entry';

/** What a check of the chain found. `waiting` entries are committed and not chained yet. */
export type Verified = {
  isWhole: boolean;
  entries: number;
  waiting: number;
  /** The last entry's place and hash: written down elsewhere, they also show that nothing was cut off at the end. */
  head: { sequence: number; hash: string } | null;
  broken: { sequence: number; id: string; why: string } | null;
};

const AT_ONCE = 2_000;

/** Computes the whole chain again, entry by entry, and says where it first differs from what is written. */
export async function verifyAudit(ctx: Context): Promise<Verified> {
  const { waiting } = only(
    await ctx.tx.query<{ waiting: bigint }>('SELECT count(*) AS waiting FROM audit_entry WHERE org_id = $1 AND sequence IS NULL', [
      ctx.orgId,
    ]),
  );
  let expected = 1n;
  let hash: Buffer = CHAIN_START;
  for (;;) {
    const entries = await ctx.tx.query<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM audit_entry WHERE org_id = $1 AND sequence >= $2 ORDER BY sequence LIMIT ${AT_ONCE}`,
      [ctx.orgId, expected],
    );
    for (const entry of entries) {
      const sequence = Number(entry.sequence);
      const found = { entries: Number(expected) - 1, waiting: Number(waiting), head: null, isWhole: false };
      if (entry.sequence !== expected)
        return { ...found, broken: { sequence: Number(expected), id: entry.id, why: `Entry ${expected} is missing before this one.` } };
      hash = chainedHash(hash, expected, entry);
      if (entry.hash === null || !hash.equals(entry.hash))
        return { ...found, broken: { sequence, id: entry.id, why: 'This entry says something else than when it was written.' } };
      expected += 1n;
    }
    if (entries.length < AT_ONCE) break;
  }
  const count = Number(expected) - 1;
  const head = count === 0 ? null : { sequence: count, hash: hash.toString('hex') };
  return { isWhole: true, entries: count, waiting: Number(waiting), head, broken: null };
}
