import { z } from 'zod';
import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';

const counted = z.object({
  calls: z.number(),
  /** How many different customers, calls without one left out. */
  customers: z.number(),
  /** The worst case of what was asked for, nano-dollars. */
  askedNanoUsd: z.string(),
  byReason: z.array(z.object({ reason: z.string(), calls: z.number() })),
});
export const refusalsOut = z.object({ from: z.string(), to: z.string(), refused: counted, wouldHaveRefused: counted });
export type RefusalsOut = z.output<typeof refusalsOut>;

type Row = { observed: boolean; reason: string | null; calls: bigint; asked: bigint; customers: bigint };

/** How many calls a budget has refused in [from, to), and how many it would have refused while it observed ("212 calls of 9 customers"). */
export async function refusalsOf(ctx: Context, budgetId: string, span: { from: Instant; to: Instant }): Promise<RefusalsOut> {
  const rows = await ctx.tx.query<Row>(
    `SELECT observed, reason, sum(calls)::int8 AS calls, sum(asked_nano)::int8 AS asked, count(DISTINCT nullif(customer, '')) AS customers
       FROM refusal WHERE org_id = $1 AND budget_id = $2 AND minute >= $3 AND minute < $4 GROUP BY GROUPING SETS ((observed), (observed, reason))
      ORDER BY calls DESC, reason`,
    [ctx.orgId, budgetId, toIso(span.from), toIso(span.to)],
  );
  const of = (observed: boolean): z.output<typeof counted> => {
    const own = rows.filter((row) => row.observed === observed);
    const total = own.find((row) => row.reason === null);
    return {
      ...{ calls: Number(total?.calls ?? 0), customers: Number(total?.customers ?? 0), askedNanoUsd: String(total?.asked ?? 0n) },
      byReason: own.flatMap(({ reason, calls }) => (reason === null ? [] : [{ reason, calls: Number(calls) }])),
    };
  };
  return { from: toIso(span.from), to: toIso(span.to), refused: of(false), wouldHaveRefused: of(true) };
}
