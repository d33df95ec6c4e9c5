'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import { useRejected } from '@/lib/insight/data/client';
import type { RejectedOut } from '@/lib/insight/data/doors';
import type { DataHealth } from '@/lib/insight/data/reads';
import { sourceName } from '@/lib/insight/data/words';
import { formatCount } from '@/lib/kernel/format-money';
import { Button } from '../ui/button';
import { Chips } from '../ui/form/choices';
import { Panel } from '../ui/panel';
import { Dim, ErrorState, Skeleton } from '../ui/states';
import { Status } from '../ui/status';
import { Pagination } from '../ui/table/pagination';
import { type Column, Table } from '../ui/table/table';
import { Time } from '../ui/time';
import { counted } from './finding';
import { RejectedSheet } from './rejected-sheet';
import { usePages } from './use-pages';

/** Records that were not taken, with what is wrong with each: nothing is lost in silence. */
export function RejectedPanel({ codes, isNew, zone }: { codes: DataHealth['rejectedCodes']; isNew: boolean; zone: string }) {
  const [code, setCode] = useQueryState('rejected', parseAsString);
  const [open, setOpen] = useState<RejectedOut | null>(null);
  const pages = usePages();
  const { data, error, refetch, isFetching, isPlaceholderData } = useRejected(code, pages.at);
  const count = codes.reduce((sum, each) => sum + each.records, 0);
  const choose = (value: string | null) => {
    pages.restart();
    void setCode(value);
  };
  const columns: Column<RejectedOut>[] = [
    {
      key: 'received',
      head: 'Received',
      name: true,
      cell: (row) => (
        <span className="block">
          <Time at={row.receivedAt} zone={zone} />
          <span className="block font-normal text-12 text-ink-2">{sourceName(row.source)}</span>
        </span>
      ),
    },
    {
      key: 'fault',
      head: 'What is wrong',
      cell: (row) => (
        <span className="block min-w-0 max-sm:text-right">
          {row.detail}
          <span className="block break-all font-mono text-12 text-ink-2">
            {row.code} {row.pointer}
          </span>
        </span>
      ),
    },
    {
      key: 'event',
      head: 'Event',
      cell: (row) => (
        <span className="block max-w-40 truncate font-mono text-12 leading-5 max-sm:ml-auto" title={row.eventId ?? ''}>
          {row.eventId ?? 'none given'}
        </span>
      ),
    },
    {
      key: 'open',
      head: 'As it came',
      hideHead: true,
      figure: true,
      cell: (row) => (
        <Button small className="-my-1" onClick={() => setOpen(row)}>
          Look<span className="sr-only"> at {row.eventId ?? row.id} as it came</span>
        </Button>
      ),
    },
  ];
  return (
    <Panel
      title={count === 0 ? 'No record was rejected in 31 days' : `${counted(count, 'record')} rejected in 31 days`}
      sub={count === 0 ? undefined : 'In no figure. Send them again once they are right.'}
      aside={count === 0 && !isNew ? <Status kind="ok">all taken</Status> : undefined}
    >
      {codes.length > 1 || code !== null ? (
        <div className="border-line border-b px-3 py-2 md:px-4">
          <Chips
            label="Only with this fault"
            single
            value={code === null ? [] : [code]}
            onValueChange={([next]) => choose(next ?? null)}
            choices={[...new Set([...codes.map((each) => each.code), ...(code === null ? [] : [code])])].map((value) => ({
              value,
              label: (
                <>
                  <span className="font-mono">{value}</span> {formatCount(codes.find((each) => each.code === value)?.records ?? 0)}
                </>
              ),
            }))}
          />
        </div>
      ) : null}
      {error ? (
        <ErrorState flush onRetry={() => void refetch()} busy={isFetching} {...(error.requestId ? { reference: error.requestId } : {})}>
          {error.detail}
        </ErrorState>
      ) : null}
      {data ? (
        <Dim loading={isPlaceholderData} old={error !== null}>
          <Table
            caption="Rejected records, newest first"
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.id}
            empty={
              isNew ? 'A record that cannot be taken as it is appears here, with what is wrong.' : 'Every record that came in was taken.'
            }
          />
        </Dim>
      ) : error ? null : (
        <div className="p-4">
          <Skeleton lines={6} />
        </div>
      )}
      <Pagination newer={pages.newer} older={pages.older(data?.nextCursor)} busy={isPlaceholderData} text="Newest first" />
      {open ? <RejectedSheet record={open} zone={zone} onClose={() => setOpen(null)} /> : null}
    </Panel>
  );
}
