'use client';

import type { Channel } from '@/lib/notice/channel/schema';
import { Button } from '../ui/button';
import type { Write } from '../ui/form/write';
import { EmptyState } from '../ui/states';
import { Status, type StatusKind } from '../ui/status';
import { Table } from '../ui/table/table';
import { Age } from '../ui/time';
import { EndChannel, RotateSecret } from './channel-acts';
import { KIND_WORDS } from './words';

const STATES: Record<Channel['state'], readonly [StatusKind, string]> = {
  live: ['ok', 'live'],
  disabled: ['stopped', 'switched off'],
  ended: ['off', 'ended'],
};

type Last = NonNullable<Channel['lastAttempt']>;

export type ChannelActs = {
  test: Write<string>;
  enable: Write<string>;
  end: Write<string>;
  rotate: Write<string, { secret: string | null }>;
};

type ChannelTableProps = {
  channels: Channel[];
  serverNow: string;
  /** Null where this person may only look. */
  acts: ChannelActs | null;
  /** The channel that a test is under way for. */
  testing: string | null;
};

/** Channels: where each leads, whether it takes notices, and what came of the last attempt. */
export function ChannelTable({ channels, serverNow, acts, testing }: ChannelTableProps) {
  if (channels.length === 0)
    return (
      <EmptyState title="No channel leads outside yet.">
        Without one, people learn of a breach when they look here. Add a pager or a chat, send a test, and name it in a policy.
      </EmptyState>
    );
  return (
    <Table
      caption="Channels"
      rows={channels}
      rowKey={(channel) => channel.id}
      columns={[
        {
          key: 'name',
          head: 'Channel',
          name: true,
          cell: (channel) => (
            <span className="block min-w-0 break-words">
              <b className="font-medium">{channel.name}</b>
              <span className="block break-all font-normal text-12 text-ink-2">
                {KIND_WORDS[channel.kind][0]}, {channel.leadsTo}
              </span>
            </span>
          ),
        },
        {
          key: 'last',
          head: 'Last attempt',
          cell: ({ lastAttempt }) =>
            lastAttempt === null ? (
              <span className="text-ink-3">none yet</span>
            ) : (
              <span className="block min-w-0 max-w-[44ch] max-sm:text-right">
                <LastAttempt {...lastAttempt} /> <Age at={lastAttempt.at} serverNow={serverNow} />
                <span className="line-clamp-2 break-words text-12 text-ink-2">{lastAttempt.detail}</span>
              </span>
            ),
        },
        {
          key: 'state',
          head: 'State',
          cell: ({ state, disabledWhy }) => (
            <span title={disabledWhy ?? undefined}>
              <Status kind={STATES[state][0]}>{STATES[state][1]}</Status>
            </span>
          ),
        },
        {
          key: 'acts',
          head: 'Acts',
          hideHead: true,
          figure: true,
          cell: (channel) => (acts === null || channel.state === 'ended' ? null : <Acts of={channel} acts={acts} testing={testing} />),
        },
      ]}
    />
  );
}

function LastAttempt({ ok }: Last) {
  if (ok === null) return <Status kind="taking_hold">under way</Status>;
  return ok ? <Status kind="ok">arrived</Status> : <Status kind="failed">failed</Status>;
}

function Acts({ of: channel, acts, testing }: { of: Channel; acts: ChannelActs; testing: string | null }) {
  return (
    <span className="flex flex-wrap justify-end gap-1">
      {channel.state === 'disabled' ? (
        <Button small busy={acts.enable.isPending} onClick={() => acts.enable.mutate(channel.id)} aria-label={`Switch ${channel.name} on`}>
          Switch on
        </Button>
      ) : (
        <Button
          small
          icon="send"
          busy={testing === channel.id}
          onClick={() => acts.test.mutate(channel.id)}
          aria-label={`Send a test by ${channel.name}`}
        >
          Test
        </Button>
      )}
      {channel.kind === 'webhook' ? <RotateSecret of={channel} write={acts.rotate} /> : null}
      <EndChannel of={channel} write={acts.end} />
    </span>
  );
}
