import { OTHER_STYLE, type SeriesStyle, seriesStyles } from '../series-style';
import type { SpendOverTime } from './model';

export type FoldedSeries = {
  id: string;
  label: string;
  points: (bigint | null)[];
  total: bigint;
  style: SeriesStyle /** How many stand behind "other". */;
  of: number;
};

export const MOST_SERIES = 8;
/** Not a possible id of a series. */
export const OTHER_ID = '\u0000other';

const sum = (points: readonly (bigint | null)[]): bigint => points.reduce<bigint>((total, point) => total + (point ?? 0n), 0n);

/**
 * The series to draw: at most eight, largest total first (ties by id), the rest added up exactly as "other (n)". A bucket of "other" has no data only
 * where none of its series has any.
 */
export function foldSeries(series: SpendOverTime['series'], most = MOST_SERIES): FoldedSeries[] {
  const all = series.map(({ id, label, points }) => ({
    id,
    label,
    points: points.map((point) => (point === null ? null : BigInt(point))),
  }));
  const ranked = all
    .map((each) => ({ ...each, total: sum(each.points) }))
    .sort((a, b) => (a.total === b.total ? (a.id < b.id ? -1 : 1) : a.total > b.total ? -1 : 1));
  const shown = ranked.length > most ? ranked.slice(0, most) : ranked;
  const rest = ranked.slice(shown.length);
  const styles = seriesStyles(shown.map((each) => each.id));
  const folded = shown.map((each, index) => ({ ...each, of: 1, style: styles[index] ?? OTHER_STYLE }));
  if (rest.length === 0) return folded;
  const points = (rest[0]?.points ?? []).map((_, bucket) => {
    const known = rest.map((each) => each.points[bucket] ?? null).filter((point) => point !== null);
    return known.length === 0 ? null : sum(known);
  });
  return [...folded, { id: OTHER_ID, label: `other (${rest.length})`, points, total: sum(points), of: rest.length, style: OTHER_STYLE }];
}
