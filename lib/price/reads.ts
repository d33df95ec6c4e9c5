import type { z } from 'zod';
import type { Context } from '@/lib/context';
import { page, placeOf } from '@/lib/kernel/pages';
import { catalogueVersion } from './catalogue';
import { searchCatalogue } from './catalogue-search';
import { PRICE_COLUMNS, type PriceRow, priceOutOf } from './row';
import type { pricesOut, pricesQuery } from './schema';

/** Prices that people set, newest first, and the catalogue's of models whose name contains the text asked for (none without one). */
export async function listPrices(ctx: Context, query: z.output<typeof pricesQuery>): Promise<z.output<typeof pricesOut>> {
  const rows = await ctx.tx.query<PriceRow>(
    `SELECT ${PRICE_COLUMNS} FROM price
      WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) AND ($3::text IS NULL OR lower(provider) = lower($3))
        AND ($4::text IS NULL OR position(lower($4) IN lower(model)) > 0)
      ORDER BY id DESC LIMIT $5`,
    [ctx.orgId, placeOf(query.cursor, 1)?.[0] ?? null, query.provider ?? null, query.model ?? null, query.limit + 1],
  );
  const found = query.model === undefined ? [] : searchCatalogue(query, ctx.now);
  return {
    ...page(rows, query.limit, priceOutOf, (row) => [row.id]),
    catalogue: {
      version: catalogueVersion,
      items: found.map((line) => ({ ...line, nanoUsdPerMillion: String(line.nanoUsdPerMillion), source: 'catalogue' as const })),
    },
  };
}
