import { type Instant, instant } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd } from '@/lib/kernel/money';

/** What is expected to be charged at a moment; the band is null where there is none. */
export type Knot = { at: Instant; median: NanoUsd; low: NanoUsd | null; high: NanoUsd | null };
type Edge = 'median' | 'low' | 'high';

/** Ascending knots, a straight way between two of them. */
export type Curve = readonly Knot[];

/** The money at a moment between two knots, rounded down. Null outside the curve, or without a band. */
export function valueAt(curve: Curve, edge: Edge, at: Instant): NanoUsd | null {
  const next = curve.findIndex((knot) => knot.at >= at);
  const [before, after] = [curve[next - 1], curve[next]];
  if (!after || (!before && after.at > at)) return null;
  const [from, to] = [before?.[edge] ?? null, after[edge]];
  if (!before || from === null || to === null || after.at === at) return to;
  return nanoUsd(from + ((to - from) * BigInt(at - before.at)) / BigInt(after.at - before.at));
}

/** The first moment at which an edge of the curve is at an amount; null when that is not before the curve's end. */
export function reaches(curve: Curve, edge: Edge, amount: NanoUsd): Instant | null {
  for (const [index, knot] of curve.entries()) {
    const before = curve[index - 1];
    const [from, to] = [before?.[edge] ?? null, knot[edge]];
    if (to === null || to < amount) continue;
    if (!before || from === null || from >= amount) return (before ?? knot).at;
    const [rise, left] = [to - from, amount - from];
    const micros = (left * BigInt(knot.at - before.at) + rise - 1n) / rise;
    const at = instant(before.at + Number(micros));
    return index === curve.length - 1 && at >= knot.at ? null : at;
  }
  return null;
}
