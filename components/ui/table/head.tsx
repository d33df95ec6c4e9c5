import Link from 'next/link';
import { cx } from '../class-names';
import { Icon } from '../icon';
import type { Column, TableProps } from './column';

/** The first and last cells of a row stand in line with the panel's text. */
export const EDGE = 'first:pl-3 last:pr-3 md:first:pl-4 md:last:pr-4';

/** A column's head; a sortable one is a link or a button and says how it is sorted. */
export function Head<Row>({
  column,
  sort,
  sortHref,
  onSort,
}: { column: Column<Row> } & Pick<TableProps<Row>, 'sort' | 'sortHref' | 'onSort'>) {
  const sorted = sort?.key === column.key ? sort.direction : undefined;
  const inner = (
    <>
      {column.head}
      <Icon
        name={sorted === 'ascending' ? 'up' : sorted === 'descending' ? 'down' : 'sort'}
        className={cx('size-3', !sorted && 'opacity-50')}
      />
    </>
  );
  const look = 'inline-flex items-center gap-1 font-medium hover:text-ink';
  return (
    <th
      {...{ role: 'columnheader' }}
      scope="col"
      aria-sort={sorted}
      style={{ width: column.width }}
      className={cx(
        'whitespace-nowrap border-line border-b px-2 py-1.5 align-bottom font-medium text-11 text-ink-3',
        EDGE,
        column.figure ? 'text-right' : 'text-left',
      )}
    >
      {column.hideHead ? (
        <span className="sr-only">{column.head}</span>
      ) : column.sortable && sortHref ? (
        <Link href={sortHref(column.key)} scroll={false} className={look}>
          {inner}
        </Link>
      ) : column.sortable && onSort ? (
        <button type="button" onClick={() => onSort(column.key)} className={look}>
          {inner}
        </button>
      ) : (
        column.head
      )}
    </th>
  );
}
