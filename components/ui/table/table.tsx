import type { ReactNode } from 'react';
import { cx } from '../class-names';
import type { Column, TableProps } from './column';
import { EDGE, Head } from './head';

export type { Column, Sort, TableProps } from './column';

/* Explicit roles: a table laid out as blocks on small widths would otherwise lose them for screen readers. */
const ROLE = { table: { role: 'table' }, group: { role: 'rowgroup' }, row: { role: 'row' }, cell: { role: 'cell' } } as const;
const CELL = cx(
  'border-line border-b px-2 py-[7px] align-top',
  EDGE,
  'max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:gap-3 max-sm:border-0 max-sm:px-3 max-sm:py-0.5',
);
const ROW = 'max-sm:block max-sm:border-line max-sm:border-b max-sm:py-2 sm:last:[&>*]:border-b-0 max-sm:last:border-b-0';

/**
 * A table for comparing: hairlines, figures right, totals under a stronger line, the head stays in sight. Below 600 px each row becomes a list of labelled
 * values. It holds no state, so it works on the server too.
 */
export function Table<Row>({
  caption,
  showCaption = false,
  columns,
  rows,
  rowKey,
  empty,
  sort,
  sortHref,
  onSort,
  detail,
  tinted,
  maxHeight,
  dim = false,
  fixed = false,
}: TableProps<Row>) {
  // What is not there has no columns: heads over nothing say nothing.
  const isEmpty = rows.length === 0 && empty !== undefined;
  const footed = columns.some((column) => column.foot !== undefined);
  return (
    <div
      // What scrolls within itself must be reachable by keyboard.
      {...(maxHeight === undefined ? {} : { role: 'region', 'aria-label': caption, tabIndex: 0 })}
      className={cx('min-w-0', maxHeight !== undefined ? 'overflow-auto' : 'sm:overflow-x-auto', dim && 'opacity-45')}
      style={{ maxHeight }}
    >
      <table {...ROLE.table} className={cx('w-full border-collapse text-13 max-sm:block', fixed && 'sm:table-fixed')}>
        <caption className={showCaption ? 'px-4 py-2 text-left text-12 text-ink-2' : 'sr-only'}>{caption}</caption>
        <thead
          {...ROLE.group}
          className={cx(isEmpty ? 'sr-only' : 'max-sm:sr-only', maxHeight !== undefined && 'sticky top-0 z-10 bg-surface')}
        >
          <tr {...ROLE.row}>
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} sortHref={sortHref} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody {...ROLE.group} className="max-sm:block">
          {isEmpty ? (
            <tr {...ROLE.row} className="max-sm:block">
              <td {...ROLE.cell} colSpan={columns.length} className="px-3 py-3 text-ink-2 max-sm:block md:px-4">
                {empty}
              </td>
            </tr>
          ) : null}
          {rows.map((row) => (
            <Rows key={rowKey(row)} row={row} columns={columns} detail={detail?.(row)} tinted={tinted?.(row) ?? false} />
          ))}
        </tbody>
        {footed ? (
          <tfoot {...ROLE.group} className="max-sm:block">
            <tr {...ROLE.row} className="max-sm:block max-sm:border-line-strong max-sm:border-t max-sm:py-2">
              {columns.map((column) => (
                <td
                  {...ROLE.cell}
                  key={column.key}
                  data-label={column.name || column.hideHead ? undefined : column.head}
                  className={cx(
                    CELL,
                    'border-line-strong border-t border-b-0 font-semibold',
                    column.figure && 'text-right whitespace-nowrap',
                    !column.name && !column.hideHead && LABEL,
                    column.hideHead && 'max-sm:justify-end',
                    column.foot === undefined && 'max-sm:hidden',
                  )}
                >
                  {column.foot}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}

/** A value's name before it; what a row shows of a value stands at the right, however many parts it has. */
const LABEL =
  'max-sm:before:flex-none max-sm:before:text-12 max-sm:before:font-normal max-sm:before:text-ink-2 max-sm:before:content-[attr(data-label)]';

function Rows<Row>({ row, columns, detail, tinted }: { row: Row; columns: Column<Row>[]; detail: ReactNode; tinted: boolean }) {
  return (
    <>
      <tr {...ROLE.row} className={cx(ROW, tinted && 'bg-accent-tint')}>
        {columns.map((column) =>
          column.name ? (
            <th {...{ role: 'rowheader' }} key={column.key} scope="row" className={cx(CELL, 'text-left font-normal max-sm:font-semibold')}>
              {column.cell(row)}
            </th>
          ) : (
            <td
              {...ROLE.cell}
              key={column.key}
              data-label={column.hideHead ? undefined : column.head}
              className={cx(
                CELL,
                column.figure && 'text-right whitespace-nowrap',
                column.hideHead ? 'max-sm:justify-end' : LABEL,
                column.wide ? 'max-sm:hidden' : 'max-sm:has-[>div:empty]:hidden',
              )}
            >
              <div className={cx('min-w-0', !column.hideHead && 'max-sm:flex-1 max-sm:text-right')}>{column.cell(row)}</div>
            </td>
          ),
        )}
      </tr>
      {detail ? (
        <tr {...ROLE.row} className="max-sm:block">
          <td {...ROLE.cell} colSpan={columns.length} className="border-line border-b px-3 pb-3 max-sm:block md:px-4">
            {detail}
          </td>
        </tr>
      ) : null}
    </>
  );
}
