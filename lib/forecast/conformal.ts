/** Of how many bands in ten the truth should be outside. */
const ALPHA = 0.2;
/** How far one miss of a day ahead moves the level, and four hits back. One bad day is missed by every forecast that reaches over it: by as many as days ahead, so each of them moves it by that part. */
const STEP = 0.05;
/** The fewest errors of which four fifths can be told: the largest of four. */
export const LEAST_ERRORS = 4;
/** Older errors than this many forecasts are of another time. */
const REMEMBERED = 90;

/**
 * The conformal quantile of past errors: the ⌈(n + 1)(1 − α)⌉-th smallest. Where that is beyond the last one, no width would be sure, and
 * the largest error so far stands for it; where it is before the first one, nothing is wide enough to be narrow: 0.
 */
export function errorWithin(errors: readonly number[], alpha: number): number {
  const sorted = [...errors].sort((a, b) => a - b);
  const rank = Math.min(sorted.length, Math.ceil((sorted.length + 1) * (1 - alpha)));
  return rank < 1 ? 0 : (sorted[rank - 1] as number);
}

/** A band that was given, and what came of it. */
export type Judged = { error: number; width: number };
export const isHeld = ({ error, width }: Judged): boolean => error <= width;

/**
 * The width of an 80 % band by adaptive conformal inference (Gibbs & Candès, Adaptive Conformal Inference Under Distribution Shift,
 * NeurIPS 2021, arXiv:2106.00170, eq. 2): each band is as wide as a quantile of the errors before it, and the level of the quantile moves
 * with what came of the bands, α ← α + γ (α* − missed), so that over time four of five hold whatever the series does. A forecast `ahead` days
 * ahead is judged that many days later: it moves nothing before.
 * @param errors of the forecasts made on successive days, oldest first; null where none was made or the truth is not known
 * @returns the width for a forecast made now, null with too few errors, and every band there would have been with what came of it
 */
export function adaptiveWidth(errors: readonly (number | null)[], ahead: number): { width: number | null; judged: Judged[] } {
  const widths: (number | null)[] = [];
  const known: number[] = [];
  const judged: Judged[] = [];
  let alpha = ALPHA;
  for (let day = 0; day < errors.length + ahead; day++) {
    const error = errors[day - ahead] ?? null;
    const given = widths[day - ahead] ?? null;
    if (error !== null) {
      known.push(error);
      if (known.length > REMEMBERED) known.shift();
      if (given !== null) {
        const band = { error, width: given };
        judged.push(band);
        alpha += (STEP / ahead) * (ALPHA - (isHeld(band) ? 0 : 1));
      }
    }
    widths.push(known.length < LEAST_ERRORS ? null : errorWithin(known, alpha));
  }
  return { width: widths.at(-1) ?? null, judged };
}
