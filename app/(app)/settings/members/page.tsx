import type { Metadata } from 'next';
import { membersLine } from '@/components/settings/words';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { calendarOf } from '@/lib/budget/read/budgets';
import { toIso } from '@/lib/kernel/instant';
import { listMembers } from '@/lib/org/member/reads';
import { readOrganisation } from '@/lib/org/reads';
import { SettingsFrame } from '../frame';
import { InviteMember, Members, OwnAbsence } from './members';

export const metadata: Metadata = { title: 'Members' };

/** Who may do what here, and who answers. */
export default async function MembersPage({ searchParams }: { searchParams: Promise<{ cursor?: string }> }) {
  const { ctx, member } = await pageCaller('member.read');
  const { cursor } = await searchParams;
  const [{ items, nextCursor }, everyone, organisation, calendar] = await Promise.all([
    listMembers(ctx, { limit: 100, cursor }),
    listMembers(ctx, { limit: 500 }),
    readOrganisation(ctx),
    calendarOf(ctx),
  ]);
  const active = everyone.items.filter((each) => each.state === 'active');
  const self = active.find((each) => each.id === member.id);
  const invited = everyone.items.filter((each) => each.state === 'invited').length;
  const mayWrite = mayPass(member, 'member.write');
  const title = membersLine(active.length, active.filter((each) => each.role === 'admin').length, invited);
  const older = nextCursor === null ? null : `/settings/members?cursor=${encodeURIComponent(nextCursor)}`;
  return (
    <SettingsFrame tab="members" title={title} actions={mayWrite ? <InviteMember /> : undefined}>
      <Members
        members={items}
        zone={organisation.zone}
        serverNow={toIso(ctx.now)}
        self={member.id}
        mayWrite={mayWrite}
        older={older}
        newer={cursor === undefined ? null : '/settings/members'}
      />
      {self ? (
        <OwnAbsence
          key={self.etag}
          own={self}
          others={active.filter((each) => each.id !== self.id).map(({ id, name }) => ({ id, name }))}
          calendar={calendar}
          serverNow={toIso(ctx.now)}
        />
      ) : null}
    </SettingsFrame>
  );
}
