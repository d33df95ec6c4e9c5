import type { UsageRow } from '@/lib/insight/reads';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { type Column, Table } from '../ui/table/table';
import { Time } from '../ui/time';

const KIND_WORDS: Record<string, string> = {
  usage: 'reported',
  settlement: 'settled',
  presumed: 'presumed',
  correction: 'corrected',
  reprice: 'repriced',
  adjustment: 'adjusted',
};

/** Ledger rows, latest booked first; what takes money back has a minus. */
export function RecordsTable({ rows, zone }: { rows: UsageRow[]; zone: string }) {
  const columns: Column<UsageRow>[] = [
    { key: 'at', head: 'Booked', name: true, cell: (row) => <Time at={row.bookedAt} zone={zone} /> },
    { key: 'what', head: 'Workload', cell: (row) => <Two first={row.workload} second={row.feature} /> },
    {
      key: 'model',
      head: 'Model',
      cell: (row) => <Two first={row.model} second={row.model === row.modelCalled ? row.provider : `called ${row.modelCalled}`} />,
    },
    { key: 'customer', head: 'Customer', cell: (row) => row.customer },
    { key: 'units', head: 'Units', cell: (row) => <Units units={row.units} /> },
    {
      key: 'kind',
      head: 'Row',
      cell: (row) => <Two first={KIND_WORDS[row.kind] ?? row.kind} second={row.late ? `${row.basis}, late` : row.basis} />,
    },
    {
      key: 'event',
      head: 'Event',
      cell: (row) => <span className="break-all font-mono text-12 text-ink-2">{row.eventId ?? row.holdId}</span>,
    },
    {
      key: 'amount',
      head: 'Amount, $',
      figure: true,
      cell: (row) => formatMoney(row.amountNanoUsd, { style: 'exact', sign: row.basis === 'unpriced' ? 'at_least' : undefined }),
    },
  ];
  return <Table caption="Ledger rows, latest booked first" columns={columns} rows={rows} rowKey={(row) => row.id} empty="No row here." />;
}

function Two({ first, second }: { first: string; second: string }) {
  return (
    <span className="block min-w-0 max-sm:text-right">
      <span className="break-words">{first}</span>
      {second ? <span className="block text-12 text-ink-2">{second}</span> : null}
    </span>
  );
}

function Units({ units }: { units: UsageRow['units'] }) {
  return (
    <span className="block text-12 text-ink-2 max-sm:text-right">
      {Object.entries(units)
        .filter(([, quantity]) => quantity !== 0)
        .map(([unit, quantity]) => `${formatCount(quantity)} ${unit}`)
        .join(', ')}
    </span>
  );
}
