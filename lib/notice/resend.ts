import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { channelStandings } from './channel/standing';
import { readNotice } from './reads';
import type { NoticeOut } from './schema';
import { WRITTEN } from './write';

/**
 * Sends a notice again that was given up: it is due now, under the id it had, and is tried as often as a new one.
 * @throws Fault notice.not_found · notice.not_dead · notice.channel_closed
 */
export async function resendNotice(ctx: Context, id: string): Promise<NoticeOut> {
  const before = await readNotice(ctx, id);
  if (before.state !== 'dead') throw new Fault('notice.not_dead', 'Only a notice that was given up is sent again by hand.');
  if (before.target.kind === 'channel') {
    const standing = (await channelStandings(ctx, [before.target.id])).get(before.target.id);
    if (standing?.closedWhy) throw new Fault('notice.channel_closed', `Switch its channel on again first. ${standing.closedWhy}`);
  }
  // Attempts go on being counted, so that each keeps its own number; the rests begin anew.
  await ctx.tx.query(
    `UPDATE notice SET state = 'waiting', next_attempt_at = $3, retried_from = attempts, version = version + 1
      WHERE org_id = $1 AND id = $2 AND state = 'dead'`,
    [ctx.orgId, id, toIso(ctx.now)],
  );
  await ctx.tx.query(`SELECT pg_notify('${WRITTEN}', '')`);
  await tell(ctx, 'notice.resent', { kind: 'notice', id });
  await audit(ctx, 'notice.resent', { kind: 'notice', id }, { state: before.state }, { state: 'waiting' });
  return readNotice(ctx, id);
}
