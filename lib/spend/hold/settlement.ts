import type { Change } from '@/lib/budget/meter';
import type { Instant } from '@/lib/kernel/instant';
import { larger, type NanoUsd, nanoUsd, ZERO_USD } from '@/lib/kernel/money';
import type { Units } from '@/lib/kernel/units';
import type { Basis, NewEntry } from '@/lib/ledger/entry';
import { type Book, costOf, modelOf, priceOf, unpricedUpper } from '@/lib/price/rules';
import type { Settled } from '@/lib/spend/schema';
import { GATEWAY, GATEWAY_KEYS } from '@/lib/workload/through-gateway';
import type { HeldPrices } from './held-prices';
import type { Hold, HoldEnd } from './rows';

/** What a caller says a call really used. */
export type Said = {
  units: Units;
  provider: string | null;
  model: string | null;
  eventId: string | null;
  responseId: string | null;
  latencyMs: number | null;
  source: string;
  occurredAt: Instant;
};

/** Everything that the end of a hold changes: rows for the ledger, the hold's new state, and what its periods and its key get back. */
export type Ending = {
  hold: Hold;
  entries: NewEntry[];
  end: HoldEnd;
  /** What each of the hold's periods changes by. */
  change: Change;
  /** The cause of an excess, should the change end above a limit. */
  cause: 'overrun';
};

/** What a call comes to: by which prices, under which names. */
export type Cost = { basis: Basis; amount: NanoUsd; provider: string; model: string; called: string; ref: string | null };

/** What a call cost by the prices of its authorisation; by the book's, where another model answered. Unpriced costs at least the hold. */
export function costOfCall(hold: Hold, said: Said, book: Book, heldPrices: HeldPrices | undefined): Cost {
  const provider = said.provider ?? hold.provider;
  const called = said.model ?? hold.modelCalled;
  const price = called === hold.modelCalled && provider === hold.provider ? null : priceOf(book, provider, called, hold.authorisedAt);
  const model = price === null ? hold.model : modelOf(price, called);
  const isAsAsked = provider === hold.provider && model === hold.model;
  const prices = isAsAsked ? heldPrices?.prices : price?.kind === 'priced' ? price.unitPrices : undefined;
  const ref = (isAsAsked ? heldPrices?.ref : price?.kind === 'priced' ? price.ref : null) ?? null;
  const cost = prices ? costOf(said.units, prices) : null;
  if (cost !== null) return { basis: 'priced', amount: cost, provider, model, called, ref };
  return { basis: 'unpriced', amount: larger(hold.held, unpricedUpper(said.units, book)), provider, model, called, ref: null };
}

/** The ledger row of a hold's end, with the dimensions it was authorised with. */
export function entryOf(
  hold: Hold,
  part: Partial<NewEntry> & Pick<NewEntry, 'kind' | 'calls' | 'basis' | 'amountNano' | 'receivedAt' | 'occurredAt' | 'source'>,
): NewEntry {
  const { workload, feature, provider, model, trafficStage, customer, tags, team, costCentre, unassigned } = hold;
  return {
    ...{ workload, feature, provider, model, trafficStage, customer, tags, team, costCentre, unassigned },
    ...{
      eventId: null,
      holdId: hold.id,
      corrects: null,
      bookedAt: hold.authorisedAt,
      modelCalled: model,
      askedProvider: null,
      askedModel: null,
    },
    ...{ responseId: null, units: {}, statedNano: null, priceRef: null, latencyMs: null, late: false, apiKeyId: hold.apiKeyId },
    ...part,
  };
}

/** Which figure of a period an amount belongs to. */
export const columnOf = (basis: Basis): 'actual' | 'presumed' | 'unpricedUpper' =>
  basis === 'presumed' ? 'presumed' : basis === 'unpriced' ? 'unpricedUpper' : 'actual';

/**
 * Settles a hold with what the call really used: the rest goes back at once. An open hold is taken off `held`; one presumed spent
 * is corrected by a pair of rows; one released (the provider was called after all) is charged.
 * @param now when it is said, µs · @returns what to write
 */
export function settlementOf(hold: Hold, said: Said, hash: string, book: Book, prices: HeldPrices | undefined, now: Instant): Ending {
  const { basis, amount, provider, model, called, ref } = costOfCall(hold, said, book, prices);
  const mismatch = model !== hold.model || provider !== hold.provider;
  const base = { receivedAt: now, occurredAt: said.occurredAt, source: said.source };
  const corrected = hold.state === 'presumed';
  const row = entryOf(hold, {
    ...base,
    ...{ kind: corrected ? 'correction' : 'settlement', calls: 1, basis, amountNano: amount, provider, model, modelCalled: called },
    ...{ askedProvider: mismatch ? hold.provider : null, askedModel: mismatch ? hold.model : null, units: said.units },
    ...{ eventId: said.eventId, responseId: said.responseId, priceRef: ref, latencyMs: said.latencyMs },
  });
  const takenBack = corrected ? [presumedRow(hold, now, -1)] : [];
  const change: Change = { [columnOf(basis)]: amount, calls: corrected ? 0n : 1n, unpricedCalls: basis === 'unpriced' ? 1n : 0n };
  if (corrected) change.presumed = (change.presumed ?? 0n) - hold.held;
  if (hold.state === 'open') change.held = -hold.held;
  return { hold, entries: [...takenBack, row], end: settledEnd(hold, amount, hash), change, cause: 'overrun' };
}

const settledEnd = (hold: Hold, settled: NanoUsd, hash: string): HoldEnd => ({
  id: hold.id,
  state: 'settled',
  settled,
  settledOf: hold.state === 'released' ? ZERO_USD : hold.held,
  hash,
});

/** The answer to a settlement: what it came to, what went back, and how far it was above the hold. */
export const settledAnswer = (settled: NanoUsd, of: NanoUsd): Settled => ({
  settledNanoUsd: String(settled),
  releasedNanoUsd: String(larger(ZERO_USD, nanoUsd(of - settled))),
  overrunNanoUsd: String(larger(ZERO_USD, nanoUsd(settled - of))),
});

/** What a hold stands for goes back, set aside or presumed spent. */
function givenBack(hold: Hold, now: Instant): Pick<Ending, 'hold' | 'entries' | 'change' | 'cause'> {
  const change: Change =
    hold.state === 'open' ? { held: -hold.held } : hold.state === 'presumed' ? { presumed: -hold.held, calls: -1n } : {};
  return { hold, entries: hold.state === 'presumed' ? [presumedRow(hold, now, -1)] : [], change, cause: 'overrun' };
}

/** The end of a hold whose call another source has booked already: it gives its money back and adds none. */
export const bookedElsewhere = (hold: Hold, hash: string, now: Instant): Ending => ({
  ...givenBack(hold, now),
  end: settledEnd(hold, ZERO_USD, hash),
});

/** The end of a hold whose caller states that the provider was not called. */
export const releaseOf = (hold: Hold, now: Instant): Ending => ({
  ...givenBack(hold, now),
  end: { id: hold.id, state: 'released', settled: null, settledOf: null, hash: null },
});

/** The end of an open hold that nobody accounted for: presumed spent at its worst case, until someone says better. */
export const presumptionOf = (hold: Hold, now: Instant): Ending => ({
  hold,
  entries: [presumedRow(hold, now, 1)],
  end: { id: hold.id, state: 'presumed', settled: null, settledOf: null, hash: null },
  change: { held: -hold.held, presumed: hold.held, calls: 1n },
  cause: 'overrun',
});

/** The ledger row that takes what a hold stands for as spent, or takes that back. */
export function presumedRow(hold: Hold, now: Instant, sign: 1 | -1): NewEntry {
  const amountNano = sign === 1 ? hold.held : nanoUsd(-hold.held);
  const kind = sign === 1 ? 'presumed' : 'correction';
  return entryOf(hold, {
    kind,
    calls: sign,
    basis: 'presumed',
    amountNano,
    occurredAt: hold.authorisedAt,
    receivedAt: now,
    source: hold.idempotencyKey.startsWith(GATEWAY_KEYS) ? GATEWAY : 'hold',
  });
}

/** What one period of the hold changes by: in a period that observed a refusal, the observed parts move along. */
export function changeFor(ending: Ending, periodId: string): Change {
  const { change, hold } = ending;
  if (!hold.observedIds.includes(periodId)) return change;
  const charged = (change.actual ?? 0n) + (change.presumed ?? 0n) + (change.unpricedUpper ?? 0n);
  return { ...change, observedCharged: charged, observedHeld: change.held ?? 0n };
}
