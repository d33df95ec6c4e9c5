'use client';

import type { MovedOut } from '@/lib/insight/overview/schema';
import { formatMoney } from '@/lib/kernel/format-money';
import { formatDayRange, localTime, momentMs } from '@/lib/kernel/format-time';
import { exploreHref } from '../spend/view/addresses';
import { ButtonLink } from '../ui/button';
import { Panel } from '../ui/panel';
import { Dim } from '../ui/states';
import { type Column, Table } from '../ui/table/table';

type Row = MovedOut['drivers'][number] & { others: number };

const plain = (nano: string) => formatMoney(nano, { style: 'table' });
const change = (nano: string) => formatMoney(nano, { style: 'table', signed: true });

/** Totals stand under two rows or more: under one they would only say it again. */
const columnsOf = (moved: MovedOut, weeks: [string, string]): Column<Row>[] => {
  const columns = allColumns(moved, weeks);
  return moved.drivers.length > 1 ? columns : columns.map(({ foot: _, ...column }) => column);
};

const allColumns = ({ total }: MovedOut, weeks: [string, string]): Column<Row>[] => [
  {
    key: 'driver',
    head: 'Driver',
    name: true,
    foot: 'Together',
    cell: (row) => (row.others > 0 ? `Others (${row.others})` : `${row.workload}, ${row.model}`),
  },
  { key: 'before', head: weeks[0], figure: true, foot: plain(total.before), cell: (row) => plain(row.before) },
  { key: 'after', head: weeks[1], figure: true, foot: plain(total.after), cell: (row) => plain(row.after) },
  { key: 'calls', head: 'By calls', figure: true, foot: change(total.byCalls), cell: (row) => change(row.byCalls) },
  { key: 'cost', head: 'By cost a call', figure: true, foot: change(total.byCost), cell: (row) => change(row.byCost) },
  { key: 'moved', head: 'Moved', figure: true, foot: change(total.moved), cell: (row) => change(row.moved) },
];

/** The local day of a moment, as addresses have it. */
function dayText(at: string, zone: string): string {
  const { year, month, day } = localTime(at, zone);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** What moved week against week, by workload and model, in two parts that add up. */
export function Moved({ moved, of, isOld }: { moved: MovedOut | undefined; of: string; isOld: boolean }) {
  if (!moved) return null;
  const { from, middle, to, zone } = moved;
  const weeks: [string, string] = [formatDayRange(from, middle, zone), formatDayRange(middle, to, zone)];
  const rows: Row[] = [
    ...moved.drivers.map((each) => ({ ...each, others: 0 })),
    ...(moved.others ? [{ ...moved.others, workload: '', model: '', others: moved.others.count }] : []),
  ];
  // Whole days, both ends of the range included: the last begins a day before the end.
  const days = [dayText(middle, zone), dayText(new Date(momentMs(to) - 1).toISOString(), zone)] as const;
  const spend = exploreHref({ range: 'custom', first: days[0], last: days[1], by: ['workload', 'model'], grain: 'day', compare: true });
  return (
    <Panel
      finding
      title={moved.finding ?? 'There is no week before to hold this one against.'}
      sub={`${weeks[1]} against ${weeks[0]}, whole days, ${of}, spend with a known cost`}
      actions={
        <ButtonLink small kind="text" href={spend}>
          Open in Spend
        </ButtonLink>
      }
    >
      <Dim loading={isOld}>
        <div className="mt-2">
          <Table
            caption={`What moved between ${weeks[0]} and ${weeks[1]}`}
            columns={columnsOf(moved, weeks)}
            rows={rows}
            rowKey={(row) => `${row.workload} ${row.model} ${row.others}`}
            empty="No spend in either week."
          />
        </div>
        <p className="border-line border-t px-3 py-2 text-12 text-ink-2 md:px-4">
          By calls: more or fewer calls at what a call cost before. By cost a call: the rest. The two add up exactly.
        </p>
      </Dim>
    </Panel>
  );
}
