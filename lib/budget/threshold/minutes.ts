import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { type Instant, minus, minutes, toIso } from '@/lib/kernel/instant';
import { larger, type NanoUsd, nanoUsd, ZERO_USD } from '@/lib/kernel/money';
import { charged } from '../figures';
import type { Meter } from '../meter';
import { MINUTES_KEPT, type SpentSince } from './burn';

const MINUTE = minutes(1);
/** A count that is older than this before a window begins says too much of it. */
const SLACK = minutes(1.5);

/** Keeps what locked periods are charged with at this minute, once, and forgets what is too old to be looked at. */
export async function keepMinutes(ctx: Context, meters: readonly Meter[]): Promise<void> {
  const at = (Math.floor(ctx.now / MINUTE) * MINUTE) as Instant;
  await ctx.tx.query(
    `INSERT INTO charged_minute (org_id, period_id, at, charged_nano) SELECT $1, w.id, $2, w.nano FROM unnest($3::text[], $4::int8[]) AS w(id, nano)
     ON CONFLICT DO NOTHING`,
    [ctx.orgId, toIso(at), meters.map((m) => m.id), meters.map(charged)],
  );
  await ctx.tx.query('DELETE FROM charged_minute WHERE org_id = $1 AND at < $2', [
    ctx.orgId,
    toIso(minus(minus(ctx.now, MINUTES_KEPT), SLACK)),
  ]);
}

/**
 * What a locked period was charged with since a moment. Counted from the minute before it; where none was kept then (nobody looked),
 * from the first one kept after it, which says too little rather than too much. Null where nothing tells.
 */
export async function spentSince(ctx: Context, m: Meter, since: Instant): Promise<SpentSince | null> {
  const before = await chargedBefore(ctx, m, since);
  if (before === null) return null;
  const { booked } = only(
    await ctx.tx.query<{ booked: NanoUsd }>(
      `SELECT coalesce(sum(amount_nano), 0)::int8 AS booked FROM period_spend
        WHERE org_id = $1 AND period_id = $2 AND at > $3::timestamptz - interval '15 minutes'`,
      [ctx.orgId, m.id, toIso(since)],
    ),
  );
  return { arrived: larger(ZERO_USD, nanoUsd(charged(m) - before)), booked };
}

async function chargedBefore(ctx: Context, m: Meter, since: Instant): Promise<NanoUsd | null> {
  if (m.startsAt >= since) return ZERO_USD;
  const [row] = await ctx.tx.query<{ nano: NanoUsd }>(
    `SELECT charged_nano AS nano FROM charged_minute WHERE org_id = $1 AND period_id = $2 AND at >= $3
      ORDER BY at > $4, CASE WHEN at <= $4 THEN at END DESC, at LIMIT 1`,
    [ctx.orgId, m.id, toIso(minus(since, SLACK)), toIso(since)],
  );
  return row?.nano ?? null;
}
