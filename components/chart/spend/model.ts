/** Spend by time and group, as plain JSON: what `GET /api/v1/spend` answers with `granularity`, put in order by whoever asks. */
export type SpendOverTime = {
  zone: string;
  granularity: 'hour' | 'day' | 'week' | 'month';
  /** Starts of all buckets, ascending, ISO. Every series has a point a bucket. */
  buckets: { at: string; complete: boolean }[];
  /** Largest first. `actualNanoUsd` null: no data, which is not zero. */
  series: { id: string; label: string; points: (string | null)[] }[];
  gaps: { from: string; to: string; source: string }[];
  /** When the last bucket will be complete, ISO; said under the chart. */
  completeAt?: string;
  title: string;
  caption: string;
};
