import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { env } from '@/lib/env';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { channelFrom, readChannel } from './reads';
import type { ChannelIn, MadeChannel } from './schema';
import { leadsTo, openedOf, sealChannel } from './sealed';

/**
 * Makes a channel. A webhook's signing secret is handed back this once; from then on it is kept sealed and never shown.
 * @throws Fault channel.no_mail_server
 */
export async function makeChannel(ctx: Context, input: ChannelIn): Promise<MadeChannel> {
  if (input.kind === 'email' && env().SMTP_URL === undefined)
    throw new Fault('channel.no_mail_server', 'No mail server is named: set SMTP_URL and start again, then e-mail can be sent.');
  const id = makeId('chn', ctx.now);
  const opened = openedOf(input);
  await ctx.tx.query(
    'INSERT INTO channel (org_id, id, kind, name, config, sealed, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [
      ...[ctx.orgId, id, input.kind, input.name, { leadsTo: leadsTo(opened) }, sealChannel(opened, ctx.orgId, id)],
      ...[ctx.actor.id, toIso(ctx.now)],
    ],
  );
  await tell(ctx, 'channel.made', { kind: 'channel', id });
  await audit(ctx, 'channel.created', { kind: 'channel', id }, null, { kind: input.kind, name: input.name, leadsTo: leadsTo(opened) });
  return { ...channelFrom(await readChannel(ctx, id)), secret: opened.kind === 'webhook' ? opened.secret : null };
}
