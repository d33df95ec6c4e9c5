'use client';

import { useState } from 'react';
import { useSecondSources } from '@/lib/insight/data/client';
import type { SecondSourceOut } from '@/lib/insight/data/doors';
import type { DataHealth } from '@/lib/insight/data/reads';
import { sourceName } from '@/lib/insight/data/words';
import { formatMoney } from '@/lib/kernel/format-money';
import { Switch } from '../ui/form/toggles';
import { Panel } from '../ui/panel';
import { Dim, ErrorState } from '../ui/states';
import { Pagination } from '../ui/table/pagination';
import { type Column, Table } from '../ui/table/table';
import { Time } from '../ui/time';
import { counted } from './finding';
import { usePages } from './use-pages';

/** Calls that a second source told of: they add no money, and where the two disagree it is said. */
export function SecondSourcesPanel({ counts, zone }: { counts: DataHealth['counts']; zone: string }) {
  const [differing, setDiffering] = useState(counts.differing > 0);
  const pages = usePages();
  const { data, error, refetch, isFetching, isPlaceholderData } = useSecondSources(differing, pages.at);
  const { secondSources } = counts;
  const title =
    secondSources === 0
      ? 'No call was told twice in 31 days'
      : counts.differing === 0
        ? `${counted(secondSources, 'call')} told twice, all alike`
        : `${counts.differing} of ${counted(secondSources, 'call')} told twice differ, by ${formatMoney(counts.differenceNanoUsd, { signed: true })}`;
  const columns: Column<SecondSourceOut>[] = [
    {
      key: 'call',
      head: 'Call',
      name: true,
      cell: (row) => (
        <span className="block min-w-0 break-all">
          {row.responseId}
          <span className="block font-normal text-12 text-ink-2">{row.provider}</span>
        </span>
      ),
    },
    {
      key: 'source',
      head: 'Second source',
      cell: (row) => (
        <span className="block max-sm:text-right">
          {sourceName(row.source)}
          <span className="block text-12 text-ink-2">
            <Time at={row.receivedAt} zone={zone} />
          </span>
        </span>
      ),
    },
    { key: 'amount', head: 'It says, $', figure: true, cell: (row) => formatMoney(row.amountNanoUsd) },
    { key: 'difference', head: 'Difference, $', figure: true, cell: (row) => formatMoney(row.differenceNanoUsd, { signed: true }) },
  ];
  return (
    <Panel title={title}>
      {secondSources === 0 ? (
        <p className="px-3 py-3 text-ink-2 md:px-4">
          When two sources tell of one provider response, the first one counts and the other is kept here as evidence.
        </p>
      ) : (
        <>
          <div className="border-line border-b px-3 py-2 md:px-4">
            <Switch
              label="Only where they differ"
              checked={differing}
              onCheckedChange={(next) => {
                pages.restart();
                setDiffering(next);
              }}
            />
          </div>
          {error ? (
            <ErrorState flush onRetry={() => void refetch()} busy={isFetching}>
              {error.detail}
            </ErrorState>
          ) : null}
          <Dim loading={isPlaceholderData} old={error !== null}>
            <Table
              caption="Calls told by a second source, newest first"
              columns={columns}
              rows={data?.items ?? []}
              rowKey={(row) => row.eventId}
              empty="None differs."
            />
          </Dim>
          <Pagination newer={pages.newer} older={pages.older(data?.nextCursor)} busy={isPlaceholderData} text="Newest first" />
        </>
      )}
    </Panel>
  );
}
