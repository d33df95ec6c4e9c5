import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { type Tx, transaction } from '@/lib/db';
import { tell } from '@/lib/event/tell';
import { type Instant, seconds, toIso } from '@/lib/kernel/instant';
import type { Claimed } from './claim';
import { nextAttempt } from './retry';
import type { Sent } from './send/message';
import { admins } from './targets';
import { writeNotices } from './write';

const systemContext = (tx: Tx, orgId: string, now: Instant): Context => ({
  actor: { kind: 'system', id: 'notice.delivery', name: 'Delivery of notices' },
  ...{ orgId, requestId: 'job', now, tx },
});

/** Writes down what came of an attempt, and what follows: done, tried again, or left to a person. */
export const record = (claimed: Claimed, sent: Sent, at: Instant, ms: number): Promise<void> =>
  transaction(async (tx) => {
    const ctx = systemContext(tx, claimed.orgId, at);
    await tx.query('UPDATE notice_attempt SET ok = $4, detail = $5, ms = $6 WHERE org_id = $1 AND notice_id = $2 AND n = $3', [
      ...[claimed.orgId, claimed.id, claimed.n, sent.ok, sent.detail, ms],
    ]);
    if (sent.ok) return delivered(ctx, claimed);
    const next = sent.isFinal || sent.isGone ? null : nextAttempt(claimed.nth, at, restOf(sent));
    await failed(ctx, claimed, next);
    if (sent.isGone && claimed.channelId !== null) await disableChannel(ctx, claimed, claimed.channelId, sent.detail);
  });

const restOf = (sent: Extract<Sent, { ok: false }>) => (sent.retryAfterSeconds === undefined ? null : seconds(sent.retryAfterSeconds));

/** What has arrived has arrived, also where it was cancelled while it was under way. */
async function delivered(ctx: Context, { id, via, memberId }: Claimed): Promise<void> {
  await ctx.tx.query(
    `UPDATE notice SET state = 'delivered', delivered_at = $3, next_attempt_at = NULL, version = version + 1
      WHERE org_id = $1 AND id = $2 AND state <> 'delivered'`,
    [ctx.orgId, id, toIso(ctx.now)],
  );
  await tell(ctx, via === 'app' ? 'notice.written' : 'notice.delivered', { kind: 'notice', id, memberId });
}

/** A failed attempt says nothing of a notice that was cancelled meanwhile, or that another attempt has been begun for. */
async function failed(ctx: Context, claimed: Claimed, next: Instant | null): Promise<void> {
  const changed = await ctx.tx.query<{ id: string }>(
    `UPDATE notice SET state = $4, next_attempt_at = $5, version = version + 1
      WHERE org_id = $1 AND id = $2 AND attempts = $3 AND state IN ('waiting', 'failed') RETURNING id`,
    [ctx.orgId, claimed.id, claimed.n, next === null ? 'dead' : 'failed', next === null ? null : toIso(next)],
  );
  if (changed.length === 0) return;
  await tell(ctx, next === null ? 'notice.dead' : 'notice.failed', { kind: 'notice', id: claimed.id, memberId: claimed.memberId });
  if (next === null) await tellAdmins(ctx, claimed);
}

/** Notices about notices are not written about: where these cannot be delivered either, the list of dead ones still shows them. */
const isAboutDelivery = (kind: string): boolean => /^(notice|channel)\./.test(kind);

/** A notice that reached nobody is itself something that admins must know. */
async function tellAdmins(ctx: Context, claimed: Claimed): Promise<void> {
  if (isAboutDelivery(claimed.kind)) return;
  const text = `"${claimed.title}" could not be delivered by ${claimed.via}. Look at what the receiver answered, mend it, and send it again.`;
  await writeNotices(
    ctx,
    (await admins(ctx)).map(({ id }) => ({
      key: `dead/${claimed.id}/${id}`,
      kind: 'notice.dead',
      target: { member: id },
      title: 'A notice reached nobody',
      text,
      link: '/settings/channels',
    })),
  );
}

/** Switches off a channel whose receiver says that it is gone, gives up what waits for it, and tells the admins. */
async function disableChannel(ctx: Context, claimed: Claimed, channelId: string, why: string): Promise<void> {
  const [channel] = await ctx.tx.query<{ name: string }>(
    `UPDATE channel SET disabled_at = $3, disabled_why = $4, version = version + 1
      WHERE org_id = $1 AND id = $2 AND disabled_at IS NULL AND ended_at IS NULL RETURNING name`,
    [ctx.orgId, channelId, toIso(ctx.now), `The receiver says that it is gone. ${why}`],
  );
  if (!channel) return;
  await ctx.tx.query(
    `UPDATE notice SET state = 'dead', next_attempt_at = NULL, version = version + 1
      WHERE org_id = $1 AND channel_id = $2 AND state IN ('waiting', 'failed')`,
    [ctx.orgId, channelId],
  );
  await audit(ctx, 'channel.disabled', { kind: 'channel', id: channelId }, null, { why });
  await tell(ctx, 'channel.disabled', { kind: 'channel', id: channelId });
  await writeNotices(
    ctx,
    (await admins(ctx)).map(({ id }) => ({
      key: `gone/${claimed.id}/${id}`,
      kind: 'channel.disabled',
      target: { member: id },
      title: `The channel "${channel.name}" was switched off`,
      text: 'Its receiver says that it is gone. Until it is switched on again nobody is told by it.',
      link: '/settings/channels',
    })),
  );
}
