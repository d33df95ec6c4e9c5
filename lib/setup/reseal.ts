import { lockAway, takeOut, type VaultKeys, vaultKeys } from '@/lib/auth/vault';
import { type Tx, transaction } from '@/lib/db';
import { placeOfChannel } from '@/lib/notice/channel/sealed';
import { placeOfKey } from '@/lib/provider/place-of-key';

type Kept = { orgId: string; id: string; sealed: string };

/** Where secrets are kept: the rows of a table with their sealed text, and what that is bound to. */
const KEPT = [
  { table: 'channel', id: 'id', column: 'sealed', placeOf: placeOfChannel },
  { table: 'provider', id: 'slug', column: 'sealed_key', placeOf: placeOfKey },
] as const;

/** What came of it: secrets sealed anew, and those that none of the keys opens. */
export type Resealed = { resealed: number; unopened: number };

/**
 * Seals every kept secret with the current key that a former one had sealed. Nothing is done where there is no former key. Each
 * table in one transaction: cut off, it is done whole at the next start.
 */
export async function resealSecrets([current, ...former]: VaultKeys = vaultKeys()): Promise<Resealed> {
  const total = { resealed: 0, unopened: 0 };
  for (const old of former)
    for (const kept of KEPT) {
      const { resealed, unopened } = await transaction((tx) => resealTable(tx, kept, current, old));
      total.resealed += resealed;
      total.unopened += unopened;
    }
  return total;
}

async function resealTable(tx: Tx, { table, id, column, placeOf }: (typeof KEPT)[number], current: Buffer, old: Buffer): Promise<Resealed> {
  const rows = await tx.query<Kept>(
    `SELECT org_id AS "orgId", ${id} AS id, ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL ORDER BY org_id, ${id} FOR UPDATE`,
  );
  const count = { resealed: 0, unopened: 0 };
  for (const { orgId, id: of, sealed } of rows) {
    const place = placeOf(orgId, of);
    if (opens(sealed, place, [current])) continue;
    if (!opens(sealed, place, [old])) {
      count.unopened++;
      continue;
    }
    const anew = lockAway(takeOut(sealed, place, [current, old]), place, [current]);
    await tx.query(`UPDATE ${table} SET ${column} = $3 WHERE org_id = $1 AND ${id} = $2`, [orgId, of, anew]);
    count.resealed++;
  }
  return count;
}

function opens(sealed: string, place: string, keys: VaultKeys): boolean {
  try {
    takeOut(sealed, place, keys);
    return true;
  } catch {
    return false;
  }
}
