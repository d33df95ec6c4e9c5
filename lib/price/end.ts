import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { bumpPriceVersion } from './add';
import { PRICE_COLUMNS, type PriceRow, priceOutOf } from './row';
import type { PriceOut } from './schema';

/**
 * Ends a price that a person set, from now on: what it priced stays as it was booked. One that has not begun never will. Call it
 * with the budget set locked alone.
 * @param version the version that was seen, where the caller gave one
 * @throws Fault price.not_found, price.ended, etag.mismatch
 */
export async function endPrice(ctx: Context, id: string, version: number | null): Promise<PriceOut> {
  const [before] = await ctx.tx.query<PriceRow>(`SELECT ${PRICE_COLUMNS} FROM price WHERE org_id = $1 AND id = $2 FOR UPDATE`, [
    ctx.orgId,
    id,
  ]);
  if (!before) throw new Fault('price.not_found', 'There is no such price. Prices of the catalogue cannot be ended; set one over them.');
  if (version !== null && version !== before.version)
    throw new Fault('etag.mismatch', 'Someone else changed this price first. Load it again.');
  if (before.ended_at !== null || (before.effective_to !== null && before.effective_to <= ctx.now)) {
    throw new Fault('price.ended', 'This price has ended already.');
  }
  const hasBegun = before.effective_from < ctx.now;
  const after = only(
    await ctx.tx.query<PriceRow>(
      `UPDATE price SET effective_to = CASE WHEN $4 THEN $3::timestamptz ELSE effective_to END, ended_at = CASE WHEN $4 THEN NULL ELSE $3::timestamptz END, version = version + 1
        WHERE org_id = $1 AND id = $2 RETURNING ${PRICE_COLUMNS}`,
      [ctx.orgId, id, toIso(ctx.now), hasBegun],
    ),
  );
  await bumpPriceVersion(ctx);
  await audit(ctx, 'price.ended', { kind: 'price', id }, priceOutOf(before), priceOutOf(after));
  return priceOutOf(after);
}
