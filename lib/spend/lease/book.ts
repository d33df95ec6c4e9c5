import type { Change } from '@/lib/budget/meter';
import type { Context } from '@/lib/context';
import { type NanoUsd, nanoUsd, ZERO_USD } from '@/lib/kernel/money';
import type { NewEntry } from '@/lib/ledger/entry';
import type { Book } from '@/lib/price/rules';
import { hashOf } from '../decide/ask';
import type { HeldPrices } from '../hold/held-prices';
import { type NamedEvent, namesInUse, responseName } from '../hold/names';
import type { Hold } from '../hold/rows';
import { columnOf, costOfCall, entryOf } from '../hold/settlement';
import type { LeasedRecord } from './schema';

/** What calls under a lease have come to: their ledger rows, the sum, and what that changes in each of the lease's periods. */
export type Booked = { entries: NewEntry[]; amount: NanoUsd; change: Change };

/** Prices calls that were made under a lease, each as if it had been asked for alone. */
export function bookedOf(ctx: Context, hold: Hold, records: readonly LeasedRecord[], book: Book, prices: HeldPrices | undefined): Booked {
  const occurredAt = hold.state === 'open' ? ctx.now : hold.authorisedAt;
  const booked: Booked = { entries: [], amount: ZERO_USD, change: { calls: BigInt(records.length), unpricedCalls: 0n } };
  for (const { eventId, units, provider = null, model = null, responseId = null, latencyMs = null } of records) {
    const said = { units, provider, model, eventId, responseId, latencyMs, source: 'settle', occurredAt };
    // The lease is no bound of one call: without a price a call costs what its units can cost at most.
    const cost = costOfCall({ ...hold, held: ZERO_USD }, said, book, prices);
    const isMismatch = cost.model !== hold.model || cost.provider !== hold.provider;
    booked.entries.push(
      entryOf(hold, {
        ...{ kind: 'settlement', calls: 1, basis: cost.basis, amountNano: cost.amount, receivedAt: ctx.now, occurredAt, source: 'settle' },
        ...{
          provider: cost.provider,
          model: cost.model,
          modelCalled: cost.called,
          units,
          eventId,
          responseId,
          priceRef: cost.ref,
          latencyMs,
        },
        ...{ askedProvider: isMismatch ? hold.provider : null, askedModel: isMismatch ? hold.model : null },
      }),
    );
    const column = columnOf(cost.basis);
    booked.amount = nanoUsd(booked.amount + cost.amount);
    booked.change[column] = (booked.change[column] ?? 0n) + cost.amount;
    if (cost.basis === 'unpriced') booked.change.unpricedCalls = (booked.change.unpricedCalls ?? 0n) + 1n;
  }
  return booked;
}

/** Records that are not on the books yet, each once: a settlement whose answer was lost is sent again. */
export async function freshOnes(ctx: Context, hold: Hold, records: readonly LeasedRecord[]): Promise<LeasedRecord[]> {
  const named = records.map((each) => ({ ...each, provider: each.provider ?? hold.provider }));
  const { events, responses } = await namesInUse(ctx, named);
  return named.filter(({ eventId, responseId, provider }) => {
    const response = responseId === undefined ? null : responseName(provider, responseId);
    if (events.has(eventId) || (response !== null && responses.has(response))) return false;
    events.add(eventId);
    if (response !== null) responses.set(response, { source: 'settle', amountNano: ZERO_USD });
    return true;
  });
}

/** The event ids that records use up. */
export const namedBy = (ctx: Context, records: readonly LeasedRecord[]): NamedEvent[] =>
  records.map((each) => ({ eventId: each.eventId, hash: hashOf(each), occurredAt: ctx.now }));
