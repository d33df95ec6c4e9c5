import { Table } from '../../ui/table/table';
import type { Cell, Twin } from './twin';

/** The table twin of a chart: the numbers of the picture, in its order. */
export function TwinTable({ twin }: { twin: Twin }) {
  const rows = twin.rows.map((cells, index) => ({ key: String(index), cells }));
  return (
    <div className="my-2 border-line border-y">
      <Table<{ key: string; cells: Cell[] }>
        caption={twin.caption}
        maxHeight={420}
        rows={rows}
        rowKey={(row) => row.key}
        empty="No figures in this range."
        columns={twin.columns.map((column, index) => ({
          key: String(index),
          head: column.head,
          figure: column.figure ?? false,
          name: index === 0,
          cell: (row) => row.cells[index]?.show ?? '',
        }))}
      />
    </div>
  );
}
