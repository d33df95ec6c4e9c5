import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { KEYLESS } from '@/lib/ledger/entry';

/** What a batch adds to what is known of its source. */
export type Seen = { lastOccurredAt: Instant; accepted: number; duplicates: number; rejected: number; late: number };

/** Notes that a source was heard, by key: Data shows its last event and how far it lags. */
export async function noteSource(ctx: Context, source: string, seen: Seen): Promise<void> {
  await ctx.tx.query(
    `INSERT INTO usage_source AS s (org_id, source, api_key_id, last_occurred_at, last_received_at, accepted, duplicates, rejected, late)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (org_id, source, api_key_id) DO UPDATE SET
       last_occurred_at = greatest(s.last_occurred_at, excluded.last_occurred_at),
       last_received_at = greatest(s.last_received_at, excluded.last_received_at),
       accepted = s.accepted + excluded.accepted, duplicates = s.duplicates + excluded.duplicates,
       rejected = s.rejected + excluded.rejected, late = s.late + excluded.late`,
    [
      ctx.orgId,
      source,
      ctx.actor.kind === 'api_key' ? ctx.actor.id : KEYLESS,
      toIso(seen.lastOccurredAt),
      toIso(ctx.now),
      seen.accepted,
      seen.duplicates,
      seen.rejected,
      seen.late,
    ],
    'note_source',
  );
}
