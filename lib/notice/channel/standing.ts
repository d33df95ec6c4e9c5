import type { Context } from '@/lib/context';
import type { ChannelKind } from '../schema';

/** What a channel is and whether it takes notices: null, or a sentence that says why it does not. */
export type ChannelStanding = { kind: ChannelKind; closedWhy: string | null };

/** The channels with these ids, as they stand; one that is not there is not in the answer. */
export async function channelStandings(ctx: Context, ids: readonly string[]): Promise<Map<string, ChannelStanding>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.tx.query<{ id: string; kind: ChannelKind; disabledWhy: string | null; ended: boolean }>(
    `SELECT id, kind, disabled_why AS "disabledWhy", ended_at IS NOT NULL AS ended FROM channel WHERE org_id = $1 AND id = ANY($2)`,
    [ctx.orgId, [...new Set(ids)]],
  );
  return new Map(
    rows.map(({ id, kind, disabledWhy, ended }) => [id, { kind, closedWhy: ended ? 'This channel has ended.' : disabledWhy }]),
  );
}
