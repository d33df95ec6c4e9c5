/** One value, as people read it and as files carry it (exact, without grouping or sign of currency). */
export type Cell = { show: string; plain: string };

/** The same numbers as the picture, in the same order: what the table shows and the CSV holds. */
export type Twin = {
  /** Says what the table holds. */
  caption: string;
  columns: { head: string; figure?: boolean }[];
  rows: Cell[][];
};

export const text = (show: string): Cell => ({ show, plain: show.replaceAll('\u00a0', ' ').replaceAll('\u2060', '') });
/** A moment: in the organisation's zone for people, ISO 8601 as the API answers for files. */
export const moment = (show: string, at: string): Cell => ({ show, plain: at });
export const NO_CELL: Cell = { show: '', plain: '' };

/** Text that a spreadsheet would take for a formula gets an apostrophe; figures never do. RFC 4180 quoting. */
function field(value: string, figure: boolean): string {
  const safe = !figure && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The twin as CSV with a head line. */
export function toCsv({ columns, rows }: Twin): string {
  const head = columns.map((column) => field(column.head, false)).join(',');
  const body = rows.map((row) => row.map((cell, index) => field(cell.plain, columns[index]?.figure ?? false)).join(','));
  return [head, ...body, ''].join('\r\n');
}

/** A name for files: "stops-about-sat-28-nov.csv". */
export const fileName = (title: string, extension: string): string =>
  `${
    title
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'chart'
  }.${extension}`;
