import { z } from 'zod';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, parseInstant } from '@/lib/kernel/instant';
import { CUT_DIMENSIONS, type Dimension, isDimension, LABEL_DIMENSIONS } from './dimensions';
import { type Filter, GRANULARITIES, type SpendQuestion } from './plan';

const MOST_DIMENSIONS = 4;
const MOST_VALUES = 100;

const at = z.iso.datetime({ offset: true });
const list = z.string().max(10_000).optional();
const byName = Object.fromEntries([...CUT_DIMENSIONS, ...LABEL_DIMENSIONS].map((name) => [name, list])) as Record<
  (typeof CUT_DIMENSIONS)[number] | (typeof LABEL_DIMENSIONS)[number],
  typeof list
>;

/** The range [from, to) and what must hold of a call: a dimension with its values, with commas; a tag as `tag.env=prod`. */
const filterFields = { from: at, to: at, ...byName };

const isTag = (name: string): boolean => /^tag\..{1,100}$/s.test(name);
const onlyTags = (query: Record<string, unknown>, known: ReadonlySet<string>): boolean =>
  Object.keys(query).every((name) => known.has(name) || isTag(name));

/** A strict query that also takes filters by tag, whose names nobody knows beforehand. */
function withTags<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = new Set(Object.keys(shape));
  return z
    .object(shape)
    .catchall(z.string().max(10_000))
    .refine((query) => onlyTags(query, known), {
      error: 'The query has a field that is not known here; filters by tag are written tag.<name>=<value>.',
    });
}

export const filterQuery = withTags(filterFields);
export const spendQuery = withTags({
  ...filterFields,
  groupBy: z.string().max(500).optional().describe(`Up to ${MOST_DIMENSIONS} of the dimensions, with commas; a tag as tag:<name>.`),
  granularity: z.enum(GRANULARITIES).optional(),
});
export const usageQuery = withTags({
  ...filterFields,
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(1_000).optional(),
});

/** The part of a query that says which calls: as the ledger is asked. @throws Fault request.invalid */
export function selectionOf(query: z.output<typeof filterQuery>): { from: Instant; to: Instant; filters: Filter[] } {
  const filters: Filter[] = [];
  for (const [name, text] of Object.entries(query)) {
    const dimension = isTag(name) ? `tag:${name.slice('tag.'.length)}` : name;
    if (typeof text !== 'string' || name === 'groupBy' || !isDimension(dimension)) continue;
    const values = [...new Set(text.split(','))];
    if (values.length > MOST_VALUES) throw invalid(`/query/${name}`, `Name at most ${MOST_VALUES} values.`);
    filters.push({ dimension, values });
  }
  const from = parseInstant(query.from);
  const to = parseInstant(query.to);
  if (!isOurs(from)) throw invalid('/query/from', 'Send an ISO 8601 time with an offset, from 1990 to 2200.');
  if (!isOurs(to)) throw invalid('/query/to', 'Send an ISO 8601 time with an offset, from 1990 to 2200.');
  return { from, to, filters };
}

/** A query as the question it asks. @throws Fault request.invalid */
export function questionOf(query: z.output<typeof spendQuery>): SpendQuestion {
  const { groupBy: text, granularity, ...rest } = query;
  const groupBy = [...new Set((text ?? '').split(',').filter((name) => name !== ''))];
  if (groupBy.length > MOST_DIMENSIONS) throw invalid('/query/groupBy', `Group by at most ${MOST_DIMENSIONS} dimensions.`);
  const unknown = groupBy.find((name) => !isDimension(name));
  if (unknown !== undefined) {
    const known = [...CUT_DIMENSIONS, ...LABEL_DIMENSIONS].join(', ');
    throw invalid('/query/groupBy', `"${unknown}" is no dimension: use ${known}, or tag:<name>.`);
  }
  return { ...selectionOf(rest as z.output<typeof filterQuery>), groupBy: groupBy as Dimension[], granularity: granularity ?? null };
}

/** Nothing was booked before, and nothing will be after: what lies outside is a slip of the pen that no calendar need follow. */
const isOurs = (at: Instant | null): at is Instant => at !== null && at >= FIRST && at <= LAST;
const FIRST = parseInstant('1990-01-01T00:00:00Z') as Instant;
const LAST = parseInstant('2200-01-01T00:00:00Z') as Instant;

const invalid = (pointer: string, detail: string): Fault =>
  new Fault('request.invalid', detail, { errors: [{ pointer, code: 'field.invalid', detail }] });

const money = {
  actualNanoUsd: z.string(),
  presumedNanoUsd: z.string(),
  unpricedUpperNanoUsd: z.string(),
  calls: z.number(),
  unpricedCalls: z.number(),
};
const figures = { ...money, units: z.record(z.string(), z.number()).nullable() };
const points = z.array(z.object({ at: z.string(), ...money, complete: z.boolean() })).optional();

export const spendOut = z.object({
  from: z.enum(['rollup', 'ledger']).describe('ledger: read from single records, at most 31 days of them.'),
  total: z.object({ ...figures, points }),
  groups: z.array(z.object({ key: z.record(z.string(), z.string()), ...figures, points })),
});
