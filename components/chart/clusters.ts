export type Cluster<T> = { px: number; items: T[] };

/** How many pins stand alone before they gather. */
export const LONE_PINS = 6;

/**
 * Gathers pins along a lane. Up to six stand alone unless they would cover each other (14 px); beyond six all that come closer than 44 px become one
 * cluster, at the middle of its members. Order in time is kept.
 */
export function clusterPins<T>(pins: readonly { px: number; item: T }[]): Cluster<T>[] {
  const reach = pins.length > LONE_PINS ? 44 : 14;
  const clusters: { from: number; to: number; items: T[] }[] = [];
  for (const { px, item } of [...pins].sort((a, b) => a.px - b.px)) {
    const last = clusters.at(-1);
    if (last && px - last.to < reach) {
      last.to = px;
      last.items.push(item);
    } else clusters.push({ from: px, to: px, items: [item] });
  }
  return clusters.map(({ from, to, items }) => ({ px: (from + to) / 2, items }));
}
