import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { toIso } from '@/lib/kernel/instant';

/** Marks what the person who asks was told in the app as seen, up to a notice: on all their screens. @returns how many were new */
export async function markSeen(ctx: Context, upTo: string): Promise<number> {
  const seen = await ctx.tx.query<{ id: string }>(
    `UPDATE notice SET read_at = $4, version = version + 1
      WHERE org_id = $1 AND member_id = $2 AND via = 'app' AND state = 'delivered' AND read_at IS NULL AND id <= $3 RETURNING id`,
    [ctx.orgId, ctx.actor.id, upTo, toIso(ctx.now)],
  );
  if (seen.length > 0) await tell(ctx, 'notice.seen', { kind: 'member', id: ctx.actor.id, memberId: ctx.actor.id });
  return seen.length;
}
