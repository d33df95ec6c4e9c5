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

/** One column of a batch: its name, its Postgres type, and what a row has in it. */
export type Column<Row> = { name: string; type: string; of: (row: Row) => string | number | bigint | boolean | null };

/** The columns' names, as an INSERT lists them. */
export const namesOf = <Row>(columns: readonly Column<Row>[]): string => columns.map((each) => each.name).join(', ');

/** `$2::text[], $3::int8[], …`: the arguments of unnest, beginning with parameter `first`. */
export const unnestOf = <Row>(columns: readonly Column<Row>[], first: number): string =>
  columns.map((each, i) => `$${i + first}::${each.type}[]`).join(', ');

/** The values for `unnestOf`, one array text a column. */
export const valuesOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] =>
  columns.map((each) => arrayText(rows.map(each.of)));
