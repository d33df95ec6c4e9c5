import type { ReactNode } from 'react';

export type Column<Row> = {
  key: string;
  /** The head, with the unit where there is one; also the label of the value on small widths. */
  head: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the right. */
  figure?: boolean;
  /** The row's name: a row header, first and bold on small widths. One column a table. */
  name?: boolean;
  /** The total of the column. */
  foot?: ReactNode;
  sortable?: boolean;
  /** The head is said, not shown (a column of buttons). */
  hideHead?: boolean;
  width?: string;
  /** Shown where a row is a line; on small widths its name cell says it. */
  wide?: boolean;
};

export type Sort = { key: string; direction: 'ascending' | 'descending' };

export type TableProps<Row> = {
  /** Says what the table holds; shown only with `showCaption`. */
  caption: string;
  showCaption?: boolean;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** A sentence in place of rows when there are none. */
  empty?: ReactNode;
  sort?: Sort;
  /** Sorting in the URL: the address for the next state of a column. Give this or `onSort`. */
  sortHref?: (key: string) => string;
  onSort?: (key: string) => void;
  /** Full-width detail under a row; null when it is closed. */
  detail?: (row: Row) => ReactNode;
  tinted?: (row: Row) => boolean;
  /** Height in px above which the body scrolls under its head. */
  maxHeight?: number;
  dim?: boolean;
  /** Columns keep the widths they are given while rows arrive: for a table so long that a browser draws its head before its end is there. */
  fixed?: boolean;
};
