import { CUT_DIMENSIONS, type Dimension, LABEL_DIMENSIONS } from '@/lib/insight/dimensions';

const NAMES: Record<string, string> = {
  workload: 'workload',
  feature: 'feature',
  provider: 'provider',
  model: 'model',
  trafficStage: 'traffic stage',
  team: 'team',
  costCentre: 'cost centre',
  customer: 'customer',
  source: 'source',
};

/** A dimension in the middle of a sentence: "cost centre", "tag env". */
export const dimensionName = (dimension: Dimension): string =>
  dimension.startsWith('tag:') ? `tag ${dimension.slice(4)}` : (NAMES[dimension] ?? dimension);

/** A dimension as a head or a choice: "Cost centre". */
export const dimensionHead = (dimension: Dimension): string => capital(dimensionName(dimension));

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A value as it is shown: "no customer" where a call has none. */
export const valueName = (dimension: Dimension, value: string): string => (value === '' ? `no ${dimensionName(dimension)}` : value);

/** A group's name: its values in the order of the grouping. */
export const groupName = (by: readonly Dimension[], key: Record<string, string>): string =>
  by.map((dimension) => valueName(dimension, key[dimension] ?? '')).join(' · ');

/** What spend can be grouped and filtered by, with the organisation's registered tags. */
export const dimensionsWith = (labelTags: readonly string[]): Dimension[] => [
  ...CUT_DIMENSIONS,
  ...LABEL_DIMENSIONS,
  ...labelTags.map((tag): Dimension => `tag:${tag}`),
];
