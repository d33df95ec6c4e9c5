/** What spend can be grouped and filtered by, beside tags. The first five are kept in every rollup; the others are labels. */
export const CUT_DIMENSIONS = ['workload', 'feature', 'provider', 'model', 'trafficStage'] as const;
export const LABEL_DIMENSIONS = ['team', 'costCentre', 'customer', 'source'] as const;

export type CutDimension = (typeof CUT_DIMENSIONS)[number];
/** A dimension as it is written in `groupBy` and as a filter: a tag as `tag:env` and `tag.env`. */
export type Dimension = CutDimension | (typeof LABEL_DIMENSIONS)[number] | `tag:${string}`;

const PLAIN: ReadonlySet<string> = new Set([...CUT_DIMENSIONS, ...LABEL_DIMENSIONS]);
const TAG = /^tag:.{1,100}$/s;

export const isDimension = (text: string): text is Dimension => PLAIN.has(text) || TAG.test(text);
export const isCut = (dimension: Dimension): dimension is CutDimension => (CUT_DIMENSIONS as readonly string[]).includes(dimension);

/** The name a label has in the daily label rollup. */
export const labelOf = (dimension: Dimension): string => (dimension === 'costCentre' ? 'cost_centre' : dimension);

const COLUMNS: Record<string, string> = {
  workload: 'workload',
  feature: 'feature',
  provider: 'provider',
  model: 'model',
  trafficStage: 'traffic_stage',
  team: 'team',
  costCentre: 'cost_centre',
  customer: 'customer',
  source: 'source',
};

/** The column of a dimension that is not a tag. */
export function columnOf(dimension: Exclude<Dimension, `tag:${string}`>): string {
  const column = COLUMNS[dimension];
  if (column === undefined) throw new Error(`${dimension} has no column`);
  return column;
}
