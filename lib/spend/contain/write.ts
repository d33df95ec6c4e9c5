import { noteAllowed, noteRefused, noteRerouted, noteSaved, type Refused, type Rerouted, type Saved } from '@/lib/containment/effect/note';
import { type LimitedHold, writeRates } from '@/lib/containment/rate/rows';
import { looksAtHolds, type RateState, tokensOf } from '@/lib/containment/rate/rules';
import type { Context } from '@/lib/context';
import { ZERO_USD } from '@/lib/kernel/money';
import { type Ask, boundOf } from '@/lib/spend/decide/ask';
import type { Hold } from '@/lib/spend/hold/rows';

/** What actions did to the asks of a batch, and what its settlements say that they saved; all of it still to be written. */
export type Contained = {
  rates: ReadonlyMap<string, RateState>;
  limited: LimitedHold[];
  refused: Refused[];
  rerouted: Rerouted[];
  saved: Saved[];
  /** Holds given whose keys may have been refused before. */
  allowed: string[];
};

/** Notes an ask that an action refused. What a call without a price would have cost at most nobody knows: nothing is said of it. */
export function noteRefusal(contained: Contained, ask: Ask, actionId: string): void {
  const { workload, customer } = ask.dims;
  const asked = ask.prices === null ? ZERO_USD : boundOf(ask, ask.request.maxUnits);
  contained.refused.push({ actionId, workload, customer, holdId: ask.holdId, asked });
}

/** Notes what the actions that an ask met go on to know of its hold. */
export function noteHold(contained: Contained, ask: Ask, hold: Hold, mayHaveBeenRefused: boolean): void {
  const { route, limits } = ask.contained;
  const { workload, customer } = ask.dims;
  if (route) {
    const { actionId, fromProvider, fromModel, fromPrices } = route;
    contained.rerouted.push({ actionId, workload, customer, holdId: hold.id, fromProvider, fromModel, fromPricesId: fromPrices?.id ?? '' });
  }
  for (const { id, limit } of limits)
    if (looksAtHolds(limit)) contained.limited.push({ holdId: hold.id, actionId: id, tokens: tokensOf(hold.maxUnits) });
  if (mayHaveBeenRefused) contained.allowed.push(hold.id);
}

/** Sends everything that was noted, all of it before the first is answered; behind the holds. Where nothing was, nothing is sent. */
export const writeContained = (ctx: Context, { rates, limited, refused, rerouted, saved, allowed }: Contained): Promise<void>[] => [
  writeRates(ctx, rates, limited),
  noteRefused(ctx, refused),
  noteAllowed(ctx, allowed),
  noteRerouted(ctx, rerouted),
  noteSaved(ctx, saved),
];
