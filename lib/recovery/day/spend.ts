import { COVERS_ENTRY } from '@/lib/budget/covers-sql';
import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';

/** What a budget's calls came to in a stretch of time: spend with known cost, all that must be taken as spent, calls, those unpriced. */
export type SpendIn = { actual: NanoUsd; charged: NanoUsd; calls: number; unpriced: number; refused: number; newStops: number };

/** Sums a budget's ledger rows, refusals and stops in [from, to). */
export async function spendIn(ctx: Context, budgetId: string, from: Instant, to: Instant): Promise<SpendIn> {
  const row = only(
    await ctx.tx.query<{ actual: NanoUsd; charged: NanoUsd; calls: bigint; unpriced: bigint; refused: bigint; stops: bigint }>(
      `SELECT coalesce(sum(e.amount_nano) FILTER (WHERE e.basis IN ('priced', 'stated', 'adjusted')), 0)::int8 AS actual,
              coalesce(sum(e.amount_nano), 0)::int8 AS charged, coalesce(sum(e.calls), 0)::int8 AS calls,
              coalesce(sum(e.calls) FILTER (WHERE e.basis = 'unpriced'), 0)::int8 AS unpriced,
              (SELECT coalesce(sum(calls), 0)::int8 FROM refusal WHERE org_id = $1 AND budget_id = $2 AND NOT observed AND minute >= $3 AND minute < $4) AS refused,
              (SELECT count(*) FROM stop WHERE org_id = $1 AND budget_id = $2 AND raised_at >= $3 AND raised_at < $4) AS stops
         FROM budget b JOIN ledger_entry e ON e.org_id = $1 AND e.booked_at >= $3 AND e.booked_at < $4 AND ${COVERS_ENTRY}
        WHERE b.org_id = $1 AND b.id = $2`,
      [ctx.orgId, budgetId, toIso(from), toIso(to)],
    ),
  );
  const { actual, charged } = row;
  return {
    actual,
    charged,
    calls: Number(row.calls),
    unpriced: Number(row.unpriced),
    refused: Number(row.refused),
    newStops: Number(row.stops),
  };
}
