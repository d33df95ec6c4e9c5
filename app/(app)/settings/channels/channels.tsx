'use client';

import { useRouter } from 'next/navigation';
import { ChannelTable } from '@/components/notice/channel-table';
import { MakeChannel } from '@/components/notice/make-channel';
import { NoticeTable } from '@/components/notice/notice-table';
import { Segmented } from '@/components/ui/form/choices';
import { Panel } from '@/components/ui/panel';
import { Pagination } from '@/components/ui/table/pagination';
import { sayDone, sayFailed } from '@/components/ui/toast';
import type { Channel } from '@/lib/notice/channel/schema';
import { useChannelEnable, useChannelEnd, useChannelMake, useChannelTest, useResend, useSecretRotate } from '@/lib/notice/client';
import type { NoticeOut } from '@/lib/notice/schema';

export function AddChannel() {
  return <MakeChannel make={useChannelMake()} />;
}

/** Says what came of a test or of a notice sent again. */
const sayTested = ({ state, attempts }: NoticeOut) => {
  const detail = attempts.at(-1)?.detail ?? '';
  if (state === 'delivered') sayDone(`The test arrived. ${detail}`);
  else sayFailed(`The test did not arrive. ${detail}`);
};

/** The list of channels with what may be done to them. */
export function Channels({ channels, serverNow, mayWrite }: { channels: Channel[]; serverNow: string; mayWrite: boolean }) {
  const test = useChannelTest();
  const [enable, end, rotate] = [useChannelEnable(), useChannelEnd(), useSecretRotate()];
  const acts = { test: { ...test, mutate: (id: string) => test.mutate(id, { onSuccess: sayTested }) }, enable, end, rotate };
  return (
    <Panel title="Channels" sub="Where notices go besides the app.">
      <ChannelTable
        channels={channels}
        serverNow={serverNow}
        acts={mayWrite ? acts : null}
        testing={test.isPending ? (test.variables ?? null) : null}
      />
    </Panel>
  );
}

type SentProps = {
  notices: NoticeOut[];
  zone: string;
  serverNow: string;
  onlyDead: boolean;
  dead: number;
  mayWrite: boolean;
  older: string | null;
  newer: string | null;
};

/** What was sent and what came of it; those given up when asked for. */
export function Sent({ onlyDead, dead, mayWrite, older, newer, ...list }: SentProps) {
  const router = useRouter();
  const resend = useResend();
  return (
    <Panel
      title="Notices"
      sub="Everything that was written, with every attempt to deliver it."
      actions={
        <Segmented
          label="Which notices"
          choices={[
            { value: 'all', label: 'All' },
            { value: 'dead', label: dead === 0 ? 'Given up' : `Given up (${dead})` },
          ]}
          value={onlyDead ? 'dead' : 'all'}
          onValueChange={(which) => router.push(`/settings/channels${which === 'dead' ? '?state=dead' : ''}`, { scroll: false })}
        />
      }
    >
      <NoticeTable
        {...list}
        empty={onlyDead ? 'Nothing was given up: everything sent has arrived or is being tried.' : 'Nothing was ever sent.'}
        resend={mayWrite ? resend : null}
        sending={resend.isPending ? (resend.variables ?? null) : null}
      />
      <Pagination newer={newer === null ? null : { href: newer }} older={older === null ? null : { href: older }} text="Newest first" />
    </Panel>
  );
}
