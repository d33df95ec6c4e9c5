import { type Tx, together } from '@/lib/db';
import { type Column, namesOf, unnestOf, valuesOf } from './columns';
import type { Books, NewEntry } from './entry';
import { capLabels } from './label-values';
import { type Cell, type LabelCell, type RolledUp, rollUp, type UnitCell } from './roll-up';

const CUT: Column<Cell | UnitCell>[] = [
  { name: 'workload', type: 'text', of: (cell) => cell.workload },
  { name: 'feature', type: 'text', of: (cell) => cell.feature },
  { name: 'provider', type: 'text', of: (cell) => cell.provider },
  { name: 'model', type: 'text', of: (cell) => cell.model },
  { name: 'traffic_stage', type: 'text', of: (cell) => cell.trafficStage },
];
const SUMS: Column<Cell | LabelCell>[] = [
  { name: 'basis', type: 'text', of: (cell) => cell.basis },
  { name: 'calls', type: 'int8', of: (cell) => cell.calls },
  { name: 'amount_nano', type: 'int8', of: (cell) => cell.amountNano },
];
const HOUR: Column<Cell>[] = [{ name: 'hour', type: 'timestamptz', of: (cell) => cell.at }, ...CUT, ...SUMS];
const DAY: Column<Cell>[] = [{ name: 'day', type: 'date', of: (cell) => cell.at }, ...CUT, ...SUMS];
const UNIT: Column<UnitCell>[] = [
  { name: 'grain', type: 'text', of: (cell) => cell.grain },
  { name: 'at', type: 'timestamptz', of: (cell) => cell.at },
  ...CUT,
  { name: 'unit', type: 'text', of: (cell) => cell.unit },
  { name: 'quantity', type: 'int8', of: (cell) => cell.quantity },
];
const LABEL: Column<LabelCell>[] = [
  { name: 'day', type: 'date', of: (cell) => cell.day },
  { name: 'label', type: 'text', of: (cell) => cell.label },
  { name: 'value', type: 'text', of: (cell) => cell.value },
  { name: 'workload', type: 'text', of: (cell) => cell.workload },
  { name: 'model', type: 'text', of: (cell) => cell.model },
  ...SUMS,
];

/** The statement that adds cells to a rollup: rows are locked in the order of the arrays, which is the order of their keys. */
function adding<Row>(table: string, columns: readonly Column<Row>[], sums: readonly string[]): string {
  const keys = columns.filter((each) => !sums.includes(each.name));
  const added = sums.map((each) => `${each} = r.${each} + excluded.${each}`).join(', ');
  return `INSERT INTO ${table} AS r (org_id, ${namesOf(columns)})
     SELECT $1, t.* FROM unnest(${unnestOf(columns, 2)}) AS t
     ON CONFLICT (org_id, ${namesOf(keys)}) DO UPDATE SET ${added}`;
}

const MONEY = ['calls', 'amount_nano'];
const ADD_HOURS = adding('rollup_hour', HOUR, MONEY);
const ADD_DAYS = adding('rollup_day', DAY, MONEY);
const ADD_UNITS = adding('rollup_unit', UNIT, ['quantity']);
const ADD_LABELS = adding('rollup_label', LABEL, MONEY);

/**
 * What entries gain the rollups, with the labels' places decided. Before all writes: new values wait for each other, and a batch that
 * waits should hold no other rows yet.
 */
export async function sumsOf(tx: Tx, books: Books, entries: readonly NewEntry[]): Promise<RolledUp> {
  const sums = rollUp(books, entries);
  return { ...sums, labels: await capLabels(tx, books, sums.labels) };
}

/**
 * Adds what entries gain the rollups: hours, days, units, labels, always in this order and each by key, against deadlocks. All are
 * sent at once; Postgres does them in order.
 * @param sums as `sumsOf` gave them
 */
export async function writeRollups(tx: Tx, books: Books, { hours, days, units, labels }: RolledUp): Promise<void> {
  const { orgId } = books;
  if (hours.length === 0) return;
  await together([
    tx.query(ADD_HOURS, [orgId, ...valuesOf(HOUR, hours)], 'rollup_hours'),
    tx.query(ADD_DAYS, [orgId, ...valuesOf(DAY, days)], 'rollup_days'),
    units.length > 0 ? tx.query(ADD_UNITS, [orgId, ...valuesOf(UNIT, units)], 'rollup_units') : [],
    tx.query(ADD_LABELS, [orgId, ...valuesOf(LABEL, labels)], 'rollup_labels'),
  ]);
}
