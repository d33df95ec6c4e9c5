'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import type { Write } from '../ui/form/write';
import { Dialog } from '../ui/overlay/dialog';
import { Status, type StatusKind } from '../ui/status';
import { Table } from '../ui/table/table';
import { Time } from '../ui/time';
import { type Away, isAway } from './away/away';
import { RoleFields, type Standing } from './role-fields';
import { awayWords, DUTY_WORDS, ROLE_WORDS } from './words';

export type MemberRow = Standing &
  Away & {
    id: string;
    etag: string;
    email: string;
    name: string;
    state: 'invited' | 'active' | 'ended';
    createdAt: string;
    joinedAt: string | null;
    endedAt: string | null;
  };

export type MemberWrites = { change: Write<{ id: string; etag: string; change: Standing }>; end: Write<string> };

const STATES: Record<MemberRow['state'], [StatusKind, string]> = {
  active: ['ok', 'member'],
  invited: ['prepared', 'invited'],
  ended: ['off', 'left'],
};

type MemberTableProps = { members: MemberRow[]; zone: string; serverNow: string; self: string; writes: MemberWrites | null };

/** Everyone who belongs here. `writes` null: this person may look only. */
export function MemberTable({ members, zone, serverNow, self, writes }: MemberTableProps) {
  return (
    <Table
      caption="Members"
      rows={members}
      rowKey={(member) => member.id}
      columns={[
        {
          key: 'who',
          head: 'Who',
          name: true,
          cell: (member) => (
            <span className="block min-w-0">
              <b className="font-medium">{member.name}</b>
              {member.id === self ? <span className="font-normal text-ink-2"> (you)</span> : null}
              <span className="block font-normal text-12 text-ink-2 [overflow-wrap:anywhere]">{member.email}</span>
            </span>
          ),
        },
        { key: 'role', head: 'Role', cell: (member) => ROLE_WORDS[member.role][0] },
        {
          key: 'duties',
          head: 'Duties',
          cell: (member) => member.duties.map((duty) => DUTY_WORDS[duty][0]).join(', ') || <span className="text-ink-3">none</span>,
        },
        {
          key: 'state',
          head: 'State',
          cell: (member) => (
            <>
              <Status kind={STATES[member.state][0]}>{STATES[member.state][1]}</Status>
              {member.state === 'active' && isAway(member, serverNow) ? (
                <span className="block text-12 text-ink-2">{awayWords(member, members, zone)}</span>
              ) : null}
            </>
          ),
        },
        {
          key: 'since',
          head: 'Since',
          cell: (member) => <Time at={member.endedAt ?? member.joinedAt ?? member.createdAt} zone={zone} show="day" year />,
        },
        ...(writes
          ? [
              {
                key: 'acts',
                head: 'Acts',
                hideHead: true,
                figure: true,
                cell: (member: MemberRow) =>
                  member.state === 'ended' ? null : <Acts member={member} isSelf={member.id === self} {...writes} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function Acts({ member, isSelf, change, end }: MemberWrites & { member: MemberRow; isSelf: boolean }) {
  return (
    <span className="-my-1 inline-flex flex-wrap justify-end gap-1">
      <Change member={member} write={change} />
      <End member={member} isSelf={isSelf} write={end} />
    </span>
  );
}

function Change({ member, write }: { member: MemberRow; write: MemberWrites['change'] }) {
  const [open, setOpen] = useState(false);
  const [standing, setStanding] = useState<Standing>(member);
  const isOvertaken = write.error?.code === 'etag.mismatch';
  const turn = (next: boolean) => {
    setOpen(next);
    setStanding({ role: member.role, duties: member.duties });
    write.reset();
  };
  const save = () =>
    write.mutate(
      { id: member.id, etag: member.etag, change: { role: standing.role, duties: standing.duties } },
      { onSuccess: () => setOpen(false) },
    );
  return (
    <Dialog
      trigger={
        <Button small aria-label={`Change ${member.name}`}>
          Change
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={`Change ${member.name}`}
      sub="It counts from their next request on."
      foot={
        <Button kind="primary" busy={write.isPending} disabled={isOvertaken} onClick={save}>
          Save
        </Button>
      }
    >
      <form className="grid gap-4" onSubmit={(event) => event.preventDefault()}>
        <RoleFields value={standing} onChange={setStanding} />
        <FormFault problem={write.error} />
      </form>
    </Dialog>
  );
}

function End({ member, isSelf, write }: { member: MemberRow; isSelf: boolean; write: MemberWrites['end'] }) {
  const [open, setOpen] = useState(false);
  const isInvited = member.state === 'invited';
  const turn = (next: boolean) => {
    setOpen(next);
    write.reset();
  };
  return (
    <Dialog
      trigger={
        <Button small aria-label={`${isInvited ? 'Take back the invitation of' : 'End the membership of'} ${member.name}`}>
          {isInvited ? 'Take back invitation' : 'End membership'}
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={isInvited ? `Take back the invitation of ${member.name}?` : `End ${isSelf ? 'your own' : `${member.name}’s`} membership?`}
      foot={
        <Button kind="danger" busy={write.isPending} onClick={() => write.mutate(member.id, { onSuccess: () => setOpen(false) })}>
          {isInvited ? 'Take it back' : 'End the membership'}
        </Button>
      }
    >
      <form className="grid gap-3" onSubmit={(event) => event.preventDefault()}>
        <p>
          {isInvited
            ? 'The link stops working at once. You can invite them again.'
            : `${isSelf ? 'You are' : 'They are'} signed out everywhere at once. What ${isSelf ? 'you' : 'they'} changed stays in the log; budgets ${isSelf ? 'you own' : 'they own'} keep their name until someone else takes them.`}
        </p>
        <FormFault problem={write.error} />
      </form>
    </Dialog>
  );
}
