const NEEDS_ESCAPE = /["\\]/;

/**
 * A Postgres array in its text form, to be cast in the statement (`$1::text[]`). pg's own conversion spends several times as
 * long on each element, which is most of the time of a batch.
 */
export function arrayText(values: readonly (string | number | bigint | boolean | null)[]): string {
  let text = '{';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (i > 0) text += ',';
    if (value === null || value === undefined) text += 'NULL';
    else if (typeof value !== 'string') text += value;
    else text += NEEDS_ESCAPE.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`;
  }
  return `${text}}`;
}

/**
 * One column of a batch: its name, its Postgres type, and what a row has in it.
 * `isShared`: most rows of a batch have the same · `set`: what the statement makes of `value`, where that is not the value itself
 */
export type Column<Row> = {
  name: string;
  type: string;
  of: (row: Row) => string | number | bigint | boolean | null;
  isShared?: true | undefined;
  set?: (value: string) => string;
};

/** The columns' names, as an INSERT lists them. */
export const namesOf = <Row>(columns: readonly Column<Row>[]): string => columns.map((each) => each.name).join(', ');

/** `$2::text[], $3::int8[], …`: the arguments of unnest, beginning with parameter `first`. */
export const unnestOf = <Row>(columns: readonly Column<Row>[], first: number): string =>
  columns.map((each, i) => `$${i + first}::${each.type}[]`).join(', ');

/** The values for `unnestOf`, one array text a column. */
export const valuesOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] =>
  columns.map((each) => arrayText(rows.map(each.of)));

/**
 * Rows whose shared columns are sent once for all rows that have the same, each row pointing to its own: reading the text of arrays
 * is most of the time of an INSERT of many columns.
 */
export function sharing<Row>(columns: readonly Column<Row>[], first: number) {
  const shared = columns.filter((each) => each.isShared);
  const own = columns.filter((each) => !each.isShared);
  const which = first + own.length;
  const inSql = ({ name, isShared, set }: Column<Row>): string => {
    const value = `${isShared ? 's' : 'w'}.${name}`;
    return set ? set(value) : value;
  };
  return {
    /** The columns' names and their values, in the same order, for `INSERT INTO … (names) SELECT values FROM from`. */
    names: namesOf(columns),
    select: columns.map(inSql).join(', '),
    from: `unnest(${unnestOf(own, first)}, $${which}::int4[]) AS w(${namesOf(own)}, nth)
      JOIN unnest(${unnestOf(shared, which + 1)}) WITH ORDINALITY AS s(${namesOf(shared)}, nth) ON s.nth = w.nth`,
    values(rows: readonly Row[]): string[] {
      const different = new Map<string, { nth: number; row: Row }>();
      const nths = rows.map((row) => {
        let key = '';
        for (const { of } of shared) {
          const value = of(row);
          key += value === null ? '\0' : `=${value}\0`;
        }
        let one = different.get(key);
        if (!one) {
          one = { nth: different.size + 1, row };
          different.set(key, one);
        }
        return one.nth;
      });
      const firsts = [...different.values()].map((each) => each.row);
      return [...valuesOf(own, rows), arrayText(nths), ...valuesOf(shared, firsts)];
    },
  };
}
