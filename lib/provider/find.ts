import { takeOut } from '@/lib/auth/vault';
import type { Tx } from '@/lib/db';
import { BUILT_IN } from './built-in';
import { placeOfKey } from './place-of-key';
import type { Wire } from './schema';

/** A provider to call: `apiKey` is its key in the clear. It goes into one request's header, and never into a log, an answer or an error. */
export type Provider = { slug: string; wire: Wire; baseUrl: string; apiKey: string | null };

type Row = { wire: Wire; base_url: string; sealed_key: string | null };

/** The provider of a name, as it is to be called now; null where there is none. */
export async function findProvider(tx: Tx, orgId: string, slug: string): Promise<Provider | null> {
  const [row] = await tx.query<Row>(
    'SELECT wire, base_url, sealed_key FROM provider WHERE org_id = $1 AND slug = $2 AND ended_at IS NULL',
    [orgId, slug],
    'find_provider',
  );
  if (row) {
    const apiKey = row.sealed_key === null ? null : takeOut(row.sealed_key, placeOfKey(orgId, slug));
    return { slug, wire: row.wire, baseUrl: row.base_url, apiKey };
  }
  const found = BUILT_IN.get(slug);
  return found ? { slug, ...found, apiKey: null } : null;
}
