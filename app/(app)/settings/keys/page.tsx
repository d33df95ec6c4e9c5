import type { Metadata } from 'next';
import { keysLine } from '@/components/settings/words';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { toIso } from '@/lib/kernel/instant';
import { listKeys } from '@/lib/org/key/reads';
import { readOrganisation } from '@/lib/org/reads';
import { RefusedTab, SettingsFrame } from '../frame';
import { Keys, MakeOneKey } from './keys';

export const metadata: Metadata = { title: 'API keys' };

type Query = { state?: string; cursor?: string };

/** Which programs may come in, what each may do, and when it last did. */
export default async function KeysPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { ctx, member } = await pageCaller('org.read');
  if (!mayPass(member, 'key.read'))
    return (
      <RefusedTab
        tab="keys"
        ctx={ctx}
        title="Keys are shown to admins only."
        what="A key's scopes and pins say what a program may do, so only admins see them."
      />
    );
  const { state, cursor } = await searchParams;
  const isAll = state === 'all';
  const [{ items, nextCursor }, live, { zone }] = await Promise.all([
    listKeys(ctx, { limit: 50, cursor, state: isAll ? undefined : 'live' }),
    listKeys(ctx, { limit: 500, state: 'live' }),
    readOrganisation(ctx),
  ]);
  const here = `/settings/keys${isAll ? '?state=all' : ''}`;
  const older = nextCursor === null ? null : `${here}${isAll ? '&' : '?'}cursor=${encodeURIComponent(nextCursor)}`;
  const title = keysLine(live.items.length, live.items.filter((key) => key.lastUsedAt === null).length);
  return (
    <SettingsFrame tab="keys" title={title} actions={<MakeOneKey serverNow={toIso(ctx.now)} />}>
      <Keys keys={items} zone={zone} serverNow={toIso(ctx.now)} isAll={isAll} older={older} newer={cursor === undefined ? null : here} />
    </SettingsFrame>
  );
}
