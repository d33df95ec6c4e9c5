import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { requireVersion } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { hours, plus, toIso } from '@/lib/kernel/instant';
import { makeWebhookSecret } from '../send/webhook';
import { channelFrom, readChannel } from './reads';
import type { Channel, ChannelChange, MadeChannel } from './schema';
import { openChannel, sealChannel } from './sealed';

/** How long a secret that was replaced goes on signing beside the new one. */
const BOTH_SIGN = hours(24);

async function lockLive(ctx: Context, id: string) {
  const row = await readChannel(ctx, id, true);
  if (row.endedAt !== null) throw new Fault('channel.ended', 'This channel has ended: make another.');
  return row;
}

/** Renames a channel, or lets it take notices again after it was switched off. @throws Fault channel.not_found · channel.ended · etag.mismatch */
export async function changeChannel(ctx: Context, id: string, change: ChannelChange, ifMatch: number | null): Promise<Channel> {
  const before = await lockLive(ctx, id);
  requireVersion(before.version, ifMatch);
  await ctx.tx.query(
    `UPDATE channel SET name = $3, disabled_at = CASE WHEN $4 THEN NULL ELSE disabled_at END,
            disabled_why = CASE WHEN $4 THEN NULL ELSE disabled_why END, version = version + 1 WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, id, change.name ?? before.name, change.enabled ?? false],
  );
  const after = channelFrom(await readChannel(ctx, id));
  const said = ({ name, state }: Channel) => ({ name, state });
  await tell(ctx, 'channel.changed', { kind: 'channel', id });
  await audit(ctx, 'channel.changed', { kind: 'channel', id }, said(channelFrom(before)), said(after));
  return after;
}

/**
 * Gives a webhook a new signing secret, shown this once. Notices carry both signatures for a day.
 * @throws Fault channel.not_found · channel.ended · channel.no_secret
 */
export async function rotateSecret(ctx: Context, id: string): Promise<MadeChannel> {
  const before = await lockLive(ctx, id);
  const opened = openChannel(before.sealed, ctx.orgId, id);
  if (opened.kind !== 'webhook') throw new Fault('channel.no_secret', 'Only a webhook is signed with a secret of ours.');
  const secret = makeWebhookSecret();
  const next = { ...opened, secret, previous: { secret: opened.secret, until: plus(ctx.now, BOTH_SIGN) } };
  await ctx.tx.query('UPDATE channel SET sealed = $3, version = version + 1 WHERE org_id = $1 AND id = $2', [
    ctx.orgId,
    id,
    sealChannel(next, ctx.orgId, id),
  ]);
  await audit(ctx, 'channel.secret_changed', { kind: 'channel', id }, null, { bothSignUntil: toIso(next.previous.until) });
  return { ...channelFrom(await readChannel(ctx, id)), secret };
}

/** Ends a channel: what has not left by it is given up, visibly. Twice is the same. @throws Fault channel.not_found */
export async function endChannel(ctx: Context, id: string, why: string | null): Promise<Channel> {
  const before = await readChannel(ctx, id, true);
  if (before.endedAt !== null) return channelFrom(before);
  await ctx.tx.query('UPDATE channel SET ended_at = $3, ended_why = $4, version = version + 1 WHERE org_id = $1 AND id = $2', [
    ctx.orgId,
    id,
    toIso(ctx.now),
    why,
  ]);
  await ctx.tx.query(
    `UPDATE notice SET state = 'cancelled', next_attempt_at = NULL, version = version + 1
      WHERE org_id = $1 AND channel_id = $2 AND state IN ('waiting', 'failed')`,
    [ctx.orgId, id],
  );
  await tell(ctx, 'channel.ended', { kind: 'channel', id });
  await audit(ctx, 'channel.ended', { kind: 'channel', id }, { kind: before.kind, name: before.name }, { why });
  return channelFrom(await readChannel(ctx, id));
}
