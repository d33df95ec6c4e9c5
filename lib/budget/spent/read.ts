import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { Period } from '@/lib/kernel/period';

/**
 * Known spend of a period in each of its buckets, nano-dollars: their sum is the period's own `actual`.
 * @param ends where the buckets end, ascending, the last at the period's end
 */
export async function spentByBucket(ctx: Context, periodId: string, { startsAt }: Period, ends: Instant[]): Promise<bigint[]> {
  const bounds = [startsAt, ...ends.slice(0, -1)];
  const rows = await ctx.tx.query<{ bucket: number; nano: bigint }>(
    `SELECT greatest(width_bucket(at, $3::timestamptz[]), 1) AS bucket, sum(amount_nano)::int8 AS nano FROM period_spend
      WHERE org_id = $1 AND period_id = $2 AND basis IN ('priced', 'stated', 'adjusted') GROUP BY 1`,
    [ctx.orgId, periodId, bounds.map(toIso)],
  );
  const buckets = ends.map(() => 0n);
  for (const { bucket, nano } of rows) buckets[bucket - 1] = nano;
  return buckets;
}

/** How many ledger rows a period was charged with, of some bases, by the price they had ('' without one), and when the newest came in. */
export function spentByPrice(ctx: Context, periodId: string, bases: string[]): Promise<{ ref: string; count: bigint; freshAt: Instant }[]> {
  return ctx.tx.query(
    `SELECT price_ref AS ref, sum(entries)::int8 AS count, max(fresh_at) AS "freshAt" FROM period_spend
      WHERE org_id = $1 AND period_id = $2 AND basis = ANY($3) GROUP BY price_ref ORDER BY count DESC, ref`,
    [ctx.orgId, periodId, bases],
  );
}
