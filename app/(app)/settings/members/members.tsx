'use client';

import type { ComponentProps } from 'react';
import { Absence } from '@/components/settings/away/absence';
import { Invite } from '@/components/settings/invite';
import { type MemberRow, MemberTable } from '@/components/settings/member-table';
import { Panel } from '@/components/ui/panel';
import { Pagination } from '@/components/ui/table/pagination';
import { useInvite, useMemberChange, useMemberEnd, useOwnAbsence } from '@/lib/org/client';

/** One's own absence. */
export function OwnAbsence(props: Omit<ComponentProps<typeof Absence>, 'save'>) {
  return <Absence {...props} save={useOwnAbsence()} />;
}

export function InviteMember() {
  return <Invite invite={useInvite()} />;
}

type MembersProps = {
  members: MemberRow[];
  zone: string;
  serverNow: string;
  self: string;
  mayWrite: boolean;
  older: string | null;
  newer: string | null;
};

/** The list of members with what an admin may do to each. */
export function Members({ mayWrite, older, newer, ...list }: MembersProps) {
  const [change, end] = [useMemberChange(), useMemberEnd()];
  return (
    <Panel title="Members" sub={mayWrite ? undefined : 'Admins invite people and change what they may.'}>
      <MemberTable {...list} writes={mayWrite ? { change, end } : null} />
      <Pagination newer={newer === null ? null : { href: newer }} older={older === null ? null : { href: older }} text="Newest first" />
    </Panel>
  );
}
