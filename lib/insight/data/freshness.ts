import { z } from 'zod';
import type { Context } from '@/lib/context';
import { type Instant, since, toIso } from '@/lib/kernel/instant';
import { STALE_AFTER } from './health';

export const freshnessOut = z.object({
  /** `stale` when nothing has come in for longer than a source may be silent; `none` when nothing ever came. */
  state: z.enum(['fresh', 'stale', 'none']),
  /** When something came in last. */
  lastEventAt: z.string().nullable(),
  serverNow: z.string(),
});
export type FreshnessOut = z.output<typeof freshnessOut>;

/** How fresh the organisation's figures are: by what sources have sent, and by what programs that ask first have settled. */
export async function freshnessOf(ctx: Context): Promise<FreshnessOut> {
  const [row] = await ctx.tx.query<{ heard: Instant | null; booked: Instant | null }>(
    `SELECT (SELECT max(last_received_at) FROM usage_source WHERE org_id = $1) AS heard,
            (SELECT received_at FROM ledger_entry WHERE org_id = $1 ORDER BY booked_at DESC LIMIT 1) AS booked`,
    [ctx.orgId],
  );
  const last = Math.max(row?.heard ?? Number.NEGATIVE_INFINITY, row?.booked ?? Number.NEGATIVE_INFINITY) as Instant;
  const serverNow = toIso(ctx.now);
  if (!Number.isFinite(last)) return { state: 'none', lastEventAt: null, serverNow };
  return { state: since(last, ctx.now) > STALE_AFTER ? 'stale' : 'fresh', lastEventAt: toIso(last), serverNow };
}
