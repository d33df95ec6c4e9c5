import type { Metadata } from 'next';
import { channelsLine } from '@/components/notice/words';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { toIso } from '@/lib/kernel/instant';
import { listChannels } from '@/lib/notice/channel/reads';
import { listNotices } from '@/lib/notice/reads';
import { readOrganisation } from '@/lib/org/reads';
import { SettingsFrame } from '../frame';
import { AddChannel, Channels, Sent } from './channels';

export const metadata: Metadata = { title: 'Channels' };

type Query = { state?: string; cursor?: string };

/** Who is told by what outside of the app, and whether it arrives. */
export default async function ChannelsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { ctx, member } = await pageCaller('channel.read');
  const { state, cursor } = await searchParams;
  const onlyDead = state === 'dead';
  const [channels, notices, given, { zone }] = await Promise.all([
    listChannels(ctx, { limit: 200 }),
    listNotices(ctx, { limit: 50, cursor, state: onlyDead ? 'dead' : undefined }),
    listNotices(ctx, { limit: 100, state: 'dead' }),
    readOrganisation(ctx),
  ]);
  const standing = channels.items.filter((channel) => channel.state !== 'ended');
  const live = standing.filter((channel) => channel.state === 'live').length;
  const here = `/settings/channels${onlyDead ? '?state=dead' : ''}`;
  const older = notices.nextCursor === null ? null : `${here}${onlyDead ? '&' : '?'}cursor=${encodeURIComponent(notices.nextCursor)}`;
  const title = channelsLine(live, standing.length - live, given.items.length);
  return (
    <SettingsFrame tab="channels" title={title} actions={mayPass(member, 'channel.write') ? <AddChannel /> : undefined}>
      <Channels channels={standing} serverNow={toIso(ctx.now)} mayWrite={mayPass(member, 'channel.write')} />
      <Sent
        notices={notices.items}
        {...{ zone, onlyDead, older }}
        serverNow={toIso(ctx.now)}
        dead={given.items.length}
        mayWrite={mayPass(member, 'notice.write')}
        newer={cursor === undefined ? null : here}
      />
    </SettingsFrame>
  );
}
