import type { Tx } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import type { NanoUsdPerMillion } from '@/lib/kernel/money';
import type { UnitKind } from '@/lib/kernel/units';
import { catalogue } from './catalogue';
import { type Book, makeBook, type Override } from './rules';

const cache = globalThis as { hardstopBooks?: Map<string, { version: number; book: Book }> };

const KEPT_ORGANISATIONS = 200;

type Row = {
  id: string;
  provider: string;
  model: string;
  unit: UnitKind;
  nano_per_million: NanoUsdPerMillion;
  effective_from: Instant;
  effective_to: Instant | null;
  source: 'override' | 'contract';
};

/**
 * All prices of an organisation: the pinned catalogue and its own overrides. Kept in memory per version of its prices.
 * @param priceVersion the version read under `lockBudgetSet` in this transaction
 */
export async function bookOf(tx: Tx, orgId: string, priceVersion: number): Promise<Book> {
  cache.hardstopBooks ??= new Map();
  const known = cache.hardstopBooks.get(orgId);
  if (known?.version === priceVersion) return known.book;
  const book = await freshBook(tx, orgId);
  if (cache.hardstopBooks.size >= KEPT_ORGANISATIONS) cache.hardstopBooks.clear();
  cache.hardstopBooks.set(orgId, { version: priceVersion, book });
  return book;
}

/** The same without the cache: for the transaction that is changing prices, whose own rows must not outlive its rollback. */
export async function freshBook(tx: Tx, orgId: string): Promise<Book> {
  const rows = await tx.query<Row>(
    `SELECT id, provider, model, unit, nano_per_million, effective_from, effective_to, source
       FROM price WHERE org_id = $1 AND ended_at IS NULL ORDER BY id`,
    [orgId],
  );
  const overrides: Override[] = rows.map((row) => ({
    id: row.id,
    provider: row.provider,
    model: row.model,
    unit: row.unit,
    nanoUsdPerMillion: row.nano_per_million,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
    source: row.source,
  }));
  return makeBook(catalogue, overrides);
}
