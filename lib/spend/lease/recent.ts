import type { Context } from '@/lib/context';
import { type Instant, MICROS_PER_MS, toIso } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd, smaller, ZERO_USD } from '@/lib/kernel/money';

const QUARTER = 900_000_000;

/**
 * What periods are charged a second lately: since the quarter of an hour before this one began. What is presumed does not count.
 * @returns the least of them, nano-dollars
 */
export async function spentPerSecond(ctx: Context, periodIds: readonly string[]): Promise<NanoUsd> {
  const since = (Math.floor(ctx.now / QUARTER) * QUARTER - QUARTER) as Instant;
  const rows = await ctx.tx.query<{ id: string; spent: NanoUsd }>(
    `SELECT period_id AS id, sum(amount_nano)::int8 AS spent FROM period_spend
      WHERE org_id = $1 AND period_id = ANY($2) AND at >= $3 AND basis <> 'presumed' GROUP BY period_id`,
    [ctx.orgId, periodIds, toIso(since)],
    'spent_lately',
  );
  if (rows.length < new Set(periodIds).size) return ZERO_USD;
  const least = rows.map((row) => row.spent).reduce(smaller);
  return nanoUsd((least * 1_000n) / BigInt(Math.ceil((ctx.now - since) / MICROS_PER_MS)));
}
