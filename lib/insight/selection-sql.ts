import type { Value } from '@/lib/db';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { arrayText } from '@/lib/ledger/columns';
import { columnOf, type Dimension, isCut } from './dimensions';
import type { Filter, Piece } from './plan';

/** Collects values and gives each its `$n`. */
export class Values {
  readonly list: Value[] = [];
  add(value: Value): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

const isTag = (dimension: Dimension): dimension is `tag:${string}` => dimension.startsWith('tag:');

/** The SQL of a dimension in one source; values are parameters, columns come from a fixed list. */
export function expressionOf(dimension: Dimension, source: Piece['source'], values: Values): string {
  if (source === 'label' && !isCut(dimension)) return 'r.value';
  return isTag(dimension) ? `coalesce(r.tags ->> ${values.add(dimension.slice(4))}, '')` : `r.${columnOf(dimension)}`;
}

/** That an expression lies in [from, to). */
export const rangeOf = (at: string, { from, to }: { from: Instant; to: Instant }, values: Values): string =>
  `${at} >= ${values.add(toIso(from))}::timestamptz AND ${at} < ${values.add(toIso(to))}::timestamptz`;

/** That a row has one of the values of each filter; begins with AND. */
export const filtersOf = (filters: readonly Filter[], source: Piece['source'], values: Values): string =>
  filters
    .map((each) => ` AND ${expressionOf(each.dimension, source, values)} = ANY(${values.add(arrayText(each.values))}::text[])`)
    .join('');
