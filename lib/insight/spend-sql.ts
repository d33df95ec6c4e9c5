import type { Value } from '@/lib/db';
import { toIso } from '@/lib/kernel/instant';
import { type Calendar, localDay } from '@/lib/kernel/period';
import { arrayText } from '@/lib/ledger/columns';
import { labelOf } from './dimensions';
import type { Piece, Plan, SpendQuestion } from './plan';
import { expressionOf, filtersOf, rangeOf, Values } from './selection-sql';

/**
 * One line of the answer: a bucket's number (0 where there are none), the group's values as `k0`, `k1`, …, then money or a quantity of
 * one unit.
 */
export type SpendRow = { bucket: number; basis: string | null; unit: string | null; calls: bigint; sum: bigint } & {
  [key: `k${number}`]: string;
};

/**
 * The statement that answers a planned question: one statement, so that all its figures are of one moment. Each piece is added up by
 * itself; what two pieces say of the same group is the reader's to add.
 */
export function spendSql(orgId: string, question: SpendQuestion, plan: Plan, calendar: Calendar): { sql: string; values: Value[] } {
  const values = new Values();
  const org = values.add(orgId);
  const parts = plan.pieces.flatMap((piece) => {
    const money = moneyOf(piece, question, plan, calendar, org, values);
    // The labels' rollup keeps no quantities.
    return plan.label ? [money] : [money, unitsOf(piece, question, plan, org, values)];
  });
  const sql = parts.join('\nUNION ALL ');
  return { sql, values: values.list };
}

function moneyOf(piece: Piece, question: SpendQuestion, plan: Plan, calendar: Calendar, org: string, values: Values): string {
  const { table, within, at } = sourceOf(piece, plan, calendar, values);
  return `SELECT ${bucketOf(piece, plan, calendar, at, values)} AS bucket${keysOf(question, piece, values)}, r.basis, NULL::text AS unit,
      sum(r.calls)::int8 AS calls, sum(r.amount_nano)::int8 AS sum
    FROM ${table} r WHERE r.org_id = ${org} AND ${within}${filtersOf(question.filters, piece.source, values)} ${groupingOf(question, 'r.basis')}`;
}

/** Quantities by unit: of raw rows, each counting as its call does; else of the units' rollup. */
function unitsOf(piece: Piece, question: SpendQuestion, plan: Plan, org: string, values: Values): string {
  const isRaw = piece.source === 'ledger';
  const at = isRaw ? 'r.booked_at' : 'r.at';
  const from = isRaw ? `ledger_entry r CROSS JOIN LATERAL jsonb_each_text(r.units) AS u(unit, quantity)` : 'rollup_unit r';
  const quantity = isRaw ? 'u.quantity::int8 * r.calls' : 'r.quantity';
  const unit = isRaw ? 'u.unit' : 'r.unit';
  const grain = isRaw ? '' : ` AND r.grain = ${values.add(piece.source)}`;
  return `SELECT ${bucketBy(plan, at, values)} AS bucket${keysOf(question, piece, values)}, NULL::text AS basis, ${unit} AS unit, 0::int8 AS calls,
      sum(${quantity})::int8 AS sum
    FROM ${from} WHERE r.org_id = ${org} AND ${rangeOf(at, piece, values)}${grain}${filtersOf(question.filters, piece.source, values)}
    ${groupingOf(question, unit)} HAVING sum(${quantity}) <> 0`;
}

type Source = { table: string; within: string; at: string };

function sourceOf(piece: Piece, plan: Plan, calendar: Calendar, values: Values): Source {
  if (piece.source === 'ledger') return { table: 'ledger_entry', at: 'r.booked_at', within: rangeOf('r.booked_at', piece, values) };
  if (piece.source === 'hour') return { table: 'rollup_hour', at: 'r.hour', within: rangeOf('r.hour', piece, values) };
  const first = values.add(localDay(calendar, piece.from));
  const next = values.add(localDay(calendar, piece.to));
  const within = `r.day >= ${first}::date AND r.day < ${next}::date`;
  if (piece.source === 'day' || !plan.label) return { table: 'rollup_day', at: 'r.day', within };
  return { table: 'rollup_label', at: 'r.day', within: `${within} AND r.label = ${values.add(labelOf(plan.label))}` };
}

/** The number of a row's bucket, from 1: by instants, or by days where the rows have only their day. */
function bucketOf(piece: Piece, plan: Plan, calendar: Calendar, at: string, values: Values): string {
  if (piece.source !== 'day' && piece.source !== 'label') return bucketBy(plan, at, values);
  if (plan.buckets.length === 0) return '0';
  return `width_bucket(${at}, ${values.add(arrayText(plan.buckets.map((bucket) => localDay(calendar, bucket.at))))}::date[])`;
}

const bucketBy = (plan: Plan, at: string, values: Values): string =>
  plan.buckets.length === 0
    ? '0'
    : `width_bucket(${at}, ${values.add(arrayText(plan.buckets.map((bucket) => toIso(bucket.at))))}::timestamptz[])`;

const keysOf = ({ groupBy }: SpendQuestion, { source }: Piece, values: Values): string =>
  groupBy.map((dimension, i) => `, ${expressionOf(dimension, source, values)} AS k${i}`).join('');

/** Groups by position: bucket, keys, then basis or unit. */
const groupingOf = ({ groupBy }: SpendQuestion, last: string): string =>
  `GROUP BY ${['1', ...groupBy.map((_, i) => i + 2), last].join(', ')}`;
