import { divideHalfEven, type NanoUsd, nanoUsd } from '@/lib/kernel/money';

/** What calls came to of which it is told what came: counts, money, and the sums that a mean and its interval are made from. */
export type Told = {
  /** Calls with outcome success or failure, the successes among them, and what those calls cost. */
  known: number;
  successes: number;
  knownCost: NanoUsd;
  /** Calls with a quality (or an outcome, which counts as 1 or 0), its sum and the sum of its squares. */
  rated: number;
  qualitySum: number;
  qualitySquares: number;
  /** Calls of which it is told whether they converted, those that did, and what they all cost. */
  followed: number;
  conversions: number;
  followedCost: NanoUsd;
};

export const NOTHING_TOLD: Told = {
  ...{ known: 0, successes: 0, knownCost: nanoUsd(0n), rated: 0, qualitySum: 0, qualitySquares: 0 },
  ...{ followed: 0, conversions: 0, followedCost: nanoUsd(0n) },
};

/** Both together. */
export const addTold = (a: Told, b: Told): Told => ({
  known: a.known + b.known,
  successes: a.successes + b.successes,
  knownCost: nanoUsd(a.knownCost + b.knownCost),
  rated: a.rated + b.rated,
  qualitySum: a.qualitySum + b.qualitySum,
  qualitySquares: a.qualitySquares + b.qualitySquares,
  followed: a.followed + b.followed,
  conversions: a.conversions + b.conversions,
  followedCost: nanoUsd(a.followedCost + b.followedCost),
});

/** What a success costs: the money of all calls whose outcome is known, failures too, over the successes. Null without one. */
export const costPerSuccess = ({ knownCost, successes }: Told): NanoUsd | null =>
  successes === 0 ? null : nanoUsd(divideHalfEven(knownCost, BigInt(successes)));

/** What a conversion costs, in the same way. */
export const costPerConversion = ({ followedCost, conversions }: Told): NanoUsd | null =>
  conversions === 0 ? null : nanoUsd(divideHalfEven(followedCost, BigInt(conversions)));

export type Interval = { mean: number; low: number; high: number; count: number };

/** 95 % of a normal distribution lies within so many standard errors. */
const Z = 1.96;

/** The mean quality with its 95 % interval (normal approximation, sample variance), kept within 0 to 1. Null under two calls. */
export function qualityOf({ rated: n, qualitySum, qualitySquares }: Told): Interval | null {
  if (n < 2) return null;
  const mean = qualitySum / n;
  const variance = Math.max(0, (qualitySquares - (qualitySum * qualitySum) / n) / (n - 1));
  const half = Z * Math.sqrt(variance / n);
  return { mean, low: Math.max(0, mean - half), high: Math.min(1, mean + half), count: n };
}

/** Fewer outcomes than this are no evidence. */
export const EVIDENCE = 200;
/** Where no quality is asked for, another model may be so much worse at most, with the lower end of its interval. */
export const MARGIN = 0.05;

/** A model as it did in one feature of a workload. */
export type Contender = { provider: string; model: string; calls: number; told: Told };

/** What is said of moving a feature's calls to another model. */
export type Verdict = 'advised' | 'too_few' | 'worse' | 'no_saving';
export type Comparison = {
  from: Contender;
  to: Contender;
  verdict: Verdict;
  /** The quality that is asked for, and what the other model is measured at. */
  required: number | null;
  quality: Interval | null;
  /** What 30 days cost less: the difference of a success × the successes that the present model had. */
  saving: NanoUsd | null;
};

/**
 * Compares the model that answers most of a feature's calls with each other one. A move is advised only where both have 200 outcomes,
 * where the lower end of the other's quality is at least what is required, and where a success costs less.
 * @param required the quality that is asked for; null: what the present model has, less the margin
 */
export function compare(contenders: readonly Contender[], required: number | null): Comparison[] {
  const [from, ...others] = [...contenders].sort((a, b) => b.calls - a.calls || (a.model < b.model ? -1 : 1));
  if (!from) return [];
  return others.map((to) => {
    const [present, quality] = [qualityOf(from.told), qualityOf(to.told)];
    const asked = required ?? (present ? present.mean - MARGIN : null);
    const [before, after] = [costPerSuccess(from.told), costPerSuccess(to.told)];
    const saving = before === null || after === null ? null : nanoUsd((before - after) * BigInt(from.told.successes));
    const base = { from, to, required: asked, quality, saving };
    if (from.told.rated < EVIDENCE || to.told.rated < EVIDENCE || !quality || asked === null) return { ...base, verdict: 'too_few' };
    if (quality.low < asked) return { ...base, verdict: 'worse' };
    return { ...base, verdict: saving !== null && saving > 0n ? 'advised' : 'no_saving' };
  });
}
