'use client';

import type { DataHealth } from '@/lib/insight/data/reads';
import { sourceName } from '@/lib/insight/data/words';
import { formatCount } from '@/lib/kernel/format-money';
import { formatLength } from '@/lib/kernel/format-time';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { type Column, Table } from '../ui/table/table';
import { Age, Time } from '../ui/time';
import { counted } from './finding';

type Source = DataHealth['sources'][number];

/** Every way in that usage has come by: what it sent last, how far it lags, how much of it was taken. */
export function SourcesPanel({ sources, zone, serverNow }: { sources: Source[]; zone: string; serverNow: string }) {
  const stale = sources.filter((each) => each.stale).length;
  const total = (field: 'accepted' | 'duplicates' | 'rejected' | 'late') =>
    formatCount(sources.reduce((sum, each) => sum + each[field], 0));
  const columns: Column<Source>[] = [
    {
      key: 'source',
      head: 'Source',
      name: true,
      cell: (each) => (
        <span className="block min-w-0">
          {sourceName(each.source)}
          <span className="block font-normal text-12 text-ink-2">
            {each.keyName ? `key “${each.keyName}”` : each.apiKeyId === '' ? 'by the program itself' : each.apiKeyId}
          </span>
        </span>
      ),
      foot: 'Together',
    },
    { key: 'state', head: 'State', cell: (each) => (each.stale ? <Status kind="warn">stale</Status> : <Status kind="ok">fresh</Status>) },
    {
      key: 'received',
      head: 'Received',
      cell: (each) => (
        <span className="block max-sm:text-right">
          <Age at={each.lastReceivedAt} serverNow={serverNow} />
          <span className="block text-12 text-ink-2">
            <Time at={each.lastReceivedAt} zone={zone} />
          </span>
        </span>
      ),
    },
    { key: 'event', head: 'Last event', cell: (each) => <Time at={each.lastOccurredAt} zone={zone} /> },
    { key: 'lag', head: 'Lag', figure: true, cell: (each) => formatLength(each.lagSeconds * 1_000) },
    { key: 'accepted', head: 'Taken', figure: true, cell: (each) => formatCount(each.accepted), foot: total('accepted') },
    { key: 'late', head: 'Late', figure: true, cell: (each) => formatCount(each.late), foot: total('late') },
    { key: 'duplicates', head: 'Sent twice', figure: true, cell: (each) => formatCount(each.duplicates), foot: total('duplicates') },
    { key: 'rejected', head: 'Rejected', figure: true, cell: (each) => formatCount(each.rejected), foot: total('rejected') },
  ];
  return (
    <Panel
      title={stale === 0 ? 'Every source is fresh' : `${counted(stale, 'source')} stale: nothing received for over a day`}
      sub="Late is what came more than a day after it occurred."
    >
      <Table
        caption="Sources, the longest quiet first"
        columns={columns}
        rows={sources}
        rowKey={(each) => `${each.source} ${each.apiKeyId}`}
      />
    </Panel>
  );
}
