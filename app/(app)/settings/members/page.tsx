import type { Metadata } from 'next';
import { membersLine } from '@/components/settings/words';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { listMembers } from '@/lib/org/member/reads';
import { readOrganisation } from '@/lib/org/reads';
import { SettingsFrame } from '../frame';
import { InviteMember, Members } from './members';

export const metadata: Metadata = { title: 'Members' };

/** Who may do what here, and who answers. */
export default async function MembersPage({ searchParams }: { searchParams: Promise<{ cursor?: string }> }) {
  const { ctx, member } = await pageCaller('member.read');
  const { cursor } = await searchParams;
  const [{ items, nextCursor }, everyone, { zone }] = await Promise.all([
    listMembers(ctx, { limit: 100, cursor }),
    listMembers(ctx, { limit: 500 }),
    readOrganisation(ctx),
  ]);
  const active = everyone.items.filter((each) => each.state === 'active');
  const invited = everyone.items.filter((each) => each.state === 'invited').length;
  const mayWrite = mayPass(member, 'member.write');
  const title = membersLine(active.length, active.filter((each) => each.role === 'admin').length, invited);
  const older = nextCursor === null ? null : `/settings/members?cursor=${encodeURIComponent(nextCursor)}`;
  return (
    <SettingsFrame tab="members" title={title} actions={mayWrite ? <InviteMember /> : undefined}>
      <Members
        members={items}
        zone={zone}
        self={member.id}
        mayWrite={mayWrite}
        older={older}
        newer={cursor === undefined ? null : '/settings/members'}
      />
    </SettingsFrame>
  );
}
