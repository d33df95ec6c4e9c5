import { describe, expect, it } from 'vitest';
import { clusterPins } from './clusters';

const sizes = (positions: number[]) => clusterPins(positions.map((px) => ({ px, item: px }))).map((cluster) => cluster.items.length);

describe('pins in their lane', () => {
  it('stand alone up to six', () => expect(sizes([0, 20, 40, 60, 80, 100])).toEqual([1, 1, 1, 1, 1, 1]));
  it('gather when one would cover the other', () => expect(sizes([0, 10, 60])).toEqual([2, 1]));
  it('gather beyond six where they are close', () => expect(sizes([0, 20, 40, 200, 220, 400, 600])).toEqual([3, 2, 1, 1]));
  it('put a cluster in the middle of its members', () =>
    expect(clusterPins([0, 30, 60, 300, 400, 500, 600].map((px) => ({ px, item: px })))[0]).toEqual({ px: 30, items: [0, 30, 60] }));
  it('need not exist', () => expect(clusterPins([])).toEqual([]));
});
