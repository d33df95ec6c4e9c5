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
    { key: 'at', width: '13%', head: 'Booked', name: true, cell: (row) => <Booked row={row} zone={zone} /> },
    { key: 'what', width: '13%', head: 'Workload', cell: (row) => <Two first={row.workload} second={row.feature} /> },
    {
      key: 'model',
      width: '15%',
      head: 'Model',
      cell: (row) => <Two first={row.model} second={row.model === row.modelCalled ? row.provider : `called ${row.modelCalled}`} />,
    },
    { key: 'customer', width: '11%', head: 'Customer', cell: (row) => row.customer },
    { key: 'units', width: '15%', head: 'Units', cell: (row) => <Units units={row.units} /> },
    {
      key: 'kind',
      width: '9%',
      head: 'Row',
      cell: (row) => <Two first={KIND_WORDS[row.kind] ?? row.kind} second={row.late ? `${row.basis}, late` : row.basis} />,
    },
    {
      key: 'event',
      width: '14%',
      head: 'Event',
      cell: (row) => <span className="font-mono text-12 text-ink-2 [overflow-wrap:anywhere]">{row.eventId ?? row.holdId}</span>,
    },
    {
      key: 'amount',
      width: '10%',
      head: 'Amount',
      figure: true,
      wide: true,
      cell: amountOf,
    },
  ];
  return (
    <Table fixed caption="Ledger rows, latest booked first" columns={columns} rows={rows} rowKey={(row) => row.id} empty="No row here." />
  );
}

const amountOf = (row: UsageRow): string =>
  formatMoney(row.amountNanoUsd, { style: 'exact', sign: row.basis === 'unpriced' ? 'at_least' : undefined });

/** When it was booked; on a phone with its amount beside it, as the head of its lines. */
function Booked({ row, zone }: { row: UsageRow; zone: string }) {
  return (
    <span className="flex w-full justify-between gap-3">
      <Time at={row.bookedAt} zone={zone} />
      <span className="whitespace-nowrap sm:hidden">{amountOf(row)}</span>
    </span>
  );
}

function Two({ first, second }: { first: string; second: string }) {
  return (
    <span className="block min-w-0">
      <span className="[overflow-wrap:anywhere]">{first}</span>
      {second ? <span className="text-12 text-ink-2 max-sm:before:content-['_·_'] sm:block">{second}</span> : null}
    </span>
  );
}

function Units({ units }: { units: UsageRow['units'] }) {
  return (
    <span className="block text-12 text-ink-2 max-sm:text-right">
      {Object.entries(units)
        .filter(([, quantity]) => quantity !== 0)
        .map(([unit, quantity]) => `${formatCount(quantity)} ${unit.replaceAll('_', ' ')}`)
        .join(', ')}
    </span>
  );
}
