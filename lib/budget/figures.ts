import { larger, type NanoUsd, nanoUsd, ratio, ZERO_USD } from '@/lib/kernel/money';

/** The money columns of one period, in nano-dollars. */
export type Figures = {
  amount: NanoUsd;
  hardStop: NanoUsd;
  granted: NanoUsd;
  actual: NanoUsd;
  presumed: NanoUsd;
  unpricedUpper: NanoUsd;
  held: NanoUsd;
  /** The parts of charged and held from calls that were let pass only because the budget observes. */
  observedCharged: NanoUsd;
  observedHeld: NanoUsd;
  excess: NanoUsd;
};

/** `actual + presumed + unpriced_upper`: what is spent, or must be taken as spent. */
export const charged = (f: Figures): NanoUsd => nanoUsd(f.actual + f.presumed + f.unpricedUpper);

/** `charged + held`. */
export const committed = (f: Figures): NanoUsd => nanoUsd(charged(f) + f.held);

/** `hard_stop + granted`: where the next call is refused. */
export const limit = (f: Figures): NanoUsd => nanoUsd(f.hardStop + f.granted);

/** How far committed is above the limit, never negative. */
export const above = (f: Figures): NanoUsd => larger(ZERO_USD, nanoUsd(committed(f) - limit(f)));

/** Charged as decisions see it: an observing budget leaves out what it would have refused, so that it goes on deciding as if it had. */
export const judgedCharged = (f: Figures): NanoUsd => nanoUsd(charged(f) - f.observedCharged);

/** Held as decisions see it. */
export const judgedHeld = (f: Figures): NanoUsd => nanoUsd(f.held - f.observedHeld);

/** `actual / amount`: what is shown. Null where the amount is 0. */
export const utilisation = (f: Figures): number | null => ratio(f.actual, f.amount);

/** `charged / amount`: what thresholds and stops look at. */
export const chargedUtilisation = (f: Figures): number | null => ratio(charged(f), f.amount);

/** `utilisation ÷ share of the period gone`: 1 is spending evenly. Null where the amount is 0 or nothing of the period is gone. */
export function pace(f: Figures, span: { startsAt: number; endsAt: number }, now: number): number | null {
  const used = utilisation(f);
  const gone = Math.min(now, span.endsAt) - span.startsAt;
  return used === null || gone <= 0 ? null : (used * (span.endsAt - span.startsAt)) / gone;
}
