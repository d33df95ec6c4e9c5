import { momentMs } from '@/lib/kernel/format-time';

/** Where the drawing area of a chart lies, in px of its picture, and how values fall on it. Floats here are pixels, never figures. */
export type Plot = {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Milliseconds since 1970 to px. */
  x: (ms: number) => number;
  /** Nano-dollars to px. */
  y: (nano: bigint) => number;
};

type Space = { width: number; height: number; left: number; right: number; top: number; bottom: number };
type Domain = { from: number; to: number; topNano: bigint };

/** @param space the picture and the room around the drawing area; @param domain time in ms, money from 0 to `topNano` */
export function makePlot(space: Space, { from, to, topNano }: Domain): Plot {
  const [left, right, top, bottom] = [space.left, space.width - space.right, space.top, space.height - space.bottom];
  return {
    width: space.width,
    height: space.height,
    left,
    right,
    top,
    bottom,
    x: (ms) => left + ((ms - from) / (to - from)) * (right - left),
    y: (nano) => bottom - (topNano === 0n ? 0 : dollars(nano) / dollars(topNano)) * (bottom - top),
  };
}

/** An amount as a float of dollars: only for where a thing is drawn. What is written comes from the nano-dollars. */
export const dollars = (nano: bigint): number => Number(nano) / 1e9;

/** Index of the position nearest to `at`; positions ascend. Null when there is none. */
export function nearest(positions: readonly number[], at: number): number | null {
  let best: number | null = null;
  for (const [index, position] of positions.entries()) {
    if (best === null || Math.abs(position - at) < Math.abs((positions[best] ?? 0) - at)) best = index;
  }
  return best;
}

/** Whole px with a half, so that hairlines are sharp. */
export const crisp = (px: number): number => Math.round(px) + 0.5;

/** ISO to ms, for the many places that draw. */
export const ms = (at: string): number => momentMs(at);
