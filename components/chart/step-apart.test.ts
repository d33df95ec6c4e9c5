import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepApart } from './step-apart';

const labels = (positions: number[], gap = 16, low = 0, high = 300) =>
  stepApart(
    positions.map((at) => ({ item: at, at })),
    gap,
    low,
    high,
  ).map((each) => each.label);

describe('labels at the right edge', () => {
  it('leaves alone what is far enough apart', () => expect(labels([20, 80, 200])).toEqual([20, 80, 200]));
  it('moves two that touch by the same way', () => expect(labels([100, 104])).toEqual([94, 110]));
  it('keeps their order', () => expect(labels([104, 100, 102])).toEqual([86, 102, 118]));
  it('stays inside the picture', () => {
    expect(labels([2, 4], 16, 6)).toEqual([6, 22]);
    expect(labels([298, 300])).toEqual([284, 300]);
  });

  it('never lets two come closer than the gap, whatever their places', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }), (positions) => {
        const placed = labels(positions, 16, 6, 300);
        for (const [index, label] of placed.entries())
          if (index > 0) expect(label - (placed[index - 1] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-9);
        expect(placed).toHaveLength(positions.length);
      }),
    );
  });
});
