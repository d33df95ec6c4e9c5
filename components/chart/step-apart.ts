export type Placed<T> = { item: T /** Where it belongs. */; at: number /** Where its label stands. */; label: number };

/**
 * Moves labels apart so that none comes closer than `gap` px, as little as possible and in order, within `low`…`high`.
 * Blocks that touch are merged around their mean (pool adjacent violators), so no label is pushed further than its neighbours.
 * When there is no room for all, they keep the gap and run over `high`.
 */
export function stepApart<T>(items: readonly { item: T; at: number }[], gap: number, low: number, high: number): Placed<T>[] {
  const sorted = [...items].sort((a, b) => a.at - b.at);
  const blocks: { from: number; count: number; sum: number }[] = [];
  for (const [index, { at }] of sorted.entries()) {
    blocks.push({ from: index, count: 1, sum: at });
    for (
      let last = blocks.at(-1), before = blocks.at(-2);
      last && before && top(last) < top(before) + before.count * gap;
      last = blocks.at(-1), before = blocks.at(-2)
    ) {
      before.sum += last.sum;
      before.count += last.count;
      blocks.pop();
    }
  }
  const placed: Placed<T>[] = [];
  for (const block of blocks) {
    for (let offset = 0; offset < block.count; offset++) {
      const { item, at } = sorted[block.from + offset] as { item: T; at: number };
      placed.push({ item, at, label: top(block) + offset * gap });
    }
  }
  keepWithin(placed, gap, low, high);
  return placed;

  /** First position of a block whose members sit `gap` apart around the mean of where they belong. */
  function top(block: { count: number; sum: number }): number {
    return block.sum / block.count - ((block.count - 1) * gap) / 2;
  }
}

function keepWithin<T>(placed: Placed<T>[], gap: number, low: number, high: number): void {
  let ceiling = high;
  for (let index = placed.length - 1; index >= 0; index--) {
    const each = placed[index] as Placed<T>;
    each.label = Math.min(each.label, ceiling);
    ceiling = each.label - gap;
  }
  let floor = low;
  for (const each of placed) {
    each.label = Math.max(each.label, floor);
    floor = each.label + gap;
  }
}
