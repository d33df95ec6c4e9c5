import { createLoader, createParser, type inferParserType, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { type Dimension, isDimension } from '@/lib/insight/dimensions';
import { RANGES } from './range';

/** A dimension must have one of the values; '' stands for calls that have none. */
export type Where = { dimension: Dimension; values: string[] };

/** The most dimensions that a table is grouped by here; the API takes four. */
export const MOST_GROUPS = 2;

/** `model:gpt-4o,gpt-4.1;tag:env:prod`, each name and value percent-encoded where it holds a mark of this notation. */
export function readWhere(text: string): Where[] | null {
  const found: Where[] = [];
  for (const part of text.split(';').filter((each) => each !== '')) {
    const at = part.lastIndexOf(':');
    if (at < 1) return null;
    const dimension = plain(part.slice(0, at));
    if (!isDimension(dimension)) return null;
    found.push({
      dimension,
      values: part
        .slice(at + 1)
        .split(',')
        .map(plain),
    });
  }
  return found;
}

export const writeWhere = (where: readonly Where[]): string =>
  where.map(({ dimension, values }) => `${marked(dimension)}:${values.map((value) => marked(value, ':')).join(',')}`).join(';');

const marked = (text: string, more = ''): string =>
  [...text].map((sign) => (`%;,${more}`.includes(sign) ? encodeURIComponent(sign) : sign)).join('');

function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const parseWhere = createParser<Where[]>({ parse: readWhere, serialize: writeWhere, eq: (a, b) => writeWhere(a) === writeWhere(b) });

const parseBy = createParser<Dimension[]>({
  parse: (text) => [...new Set(text.split(','))].filter(isDimension).slice(0, MOST_GROUPS),
  serialize: (by) => by.join(','),
  eq: (a, b) => a.join() === b.join(),
});

/** The state of Explore, all of it in the address: a link shows the other person the same. */
export const VIEW = {
  range: parseAsStringLiteral(RANGES).withDefault('this_month'),
  /** Local days of a custom range, both included. */
  first: parseAsString,
  last: parseAsString,
  by: parseBy.withDefault(['model']),
  where: parseWhere.withDefault([]),
  grain: parseAsStringLiteral(['auto', 'hour', 'day', 'week', 'month'] as const).withDefault('auto'),
  chart: parseAsStringLiteral(['bars', 'lines'] as const).withDefault('bars'),
  /** The chart as its table. */
  table: parseAsBoolean.withDefault(false),
  compare: parseAsBoolean.withDefault(false),
  /** All groups, not only the dearest. */
  all: parseAsBoolean.withDefault(false),
};

export const loadView = createLoader(VIEW);
export type View = inferParserType<typeof VIEW>;
