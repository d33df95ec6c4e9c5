'use client';

import type { NoticeOut } from '@/lib/notice/schema';
import { Button } from '../ui/button';
import type { Write } from '../ui/form/write';
import { EmptyState } from '../ui/states';
import { Status } from '../ui/status';
import { Table } from '../ui/table/table';
import { Countdown, Time } from '../ui/time';
import { STATE_WORDS, VIA_WORDS } from './words';

type NoticeTableProps = {
  notices: NoticeOut[];
  zone: string;
  serverNow: string;
  empty: string;
  /** Null where this person may only look. */
  resend: Write<string> | null;
  sending: string | null;
};

/** Everything sent outside, with every attempt; what was given up is sent again by a click. */
export function NoticeTable({ notices, zone, serverNow, empty, resend, sending }: NoticeTableProps) {
  if (notices.length === 0) return <EmptyState title={empty} />;
  return (
    <Table
      caption="Notices"
      rows={notices}
      rowKey={(notice) => notice.id}
      columns={[
        {
          key: 'title',
          head: 'Notice',
          name: true,
          cell: (notice) => (
            <span className="block min-w-0 break-words">
              <b className="font-medium">{notice.title}</b>
              <span className="block font-normal text-12 text-ink-2">
                to {notice.target.name} {VIA_WORDS[notice.via]}, <Time at={notice.createdAt} zone={zone} />
              </span>
            </span>
          ),
        },
        {
          key: 'state',
          head: 'State',
          cell: (notice) => (
            <span className="block max-sm:text-right">
              <Status kind={STATE_WORDS[notice.state][0]}>{STATE_WORDS[notice.state][1]}</Status>
              {notice.nextAttemptAt === null ? null : (
                <span className="block text-12 text-ink-2">
                  <Countdown until={notice.nextAttemptAt} serverNow={serverNow} over="now" />
                </span>
              )}
            </span>
          ),
        },
        {
          key: 'attempts',
          head: 'Attempts',
          cell: ({ attempts, via }) => <Attempts all={attempts} needsNone={via === 'app'} zone={zone} />,
        },
        {
          key: 'acts',
          head: 'Acts',
          hideHead: true,
          figure: true,
          cell: (notice) =>
            resend === null || notice.state !== 'dead' ? null : (
              <Button
                small
                icon="retry"
                busy={sending === notice.id}
                onClick={() => resend.mutate(notice.id)}
                aria-label={`Send again: ${notice.title}`}
              >
                Send again
              </Button>
            ),
        },
      ]}
    />
  );
}

/** The last attempt in a line; all of them behind it. */
function Attempts({ all, needsNone, zone }: { all: NoticeOut['attempts']; needsNone: boolean; zone: string }) {
  const last = all.at(-1);
  if (last === undefined) return <span className="text-ink-3">{needsNone ? 'needs none' : 'none yet'}</span>;
  const detail = <span className="break-words text-12 text-ink-2">{last.detail ?? 'under way'}</span>;
  if (all.length === 1) return <span className="block max-w-[52ch] max-sm:text-right">{detail}</span>;
  return (
    <details className="max-w-[52ch] text-12 max-sm:text-right">
      <summary className="cursor-pointer text-ink-2">
        {all.length} attempts, the last: {detail}
      </summary>
      <ol className="mt-1 grid gap-1">
        {all.map(({ n, at, detail: said, ms }) => (
          <li key={n} className="break-words text-ink-2">
            <Time at={at} zone={zone} /> · {said ?? 'died on the way; made again'}
            {ms === null ? '' : ` · ${ms} ms`}
          </li>
        ))}
      </ol>
    </details>
  );
}
