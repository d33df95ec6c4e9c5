import type { Context } from '@/lib/context';
import { type Exposure, expose, lockExposures } from '../hold/exposure';
import { type HeldPrices, readHeldPrices } from '../hold/held-prices';
import { endHolds, type Hold, lockHolds } from '../hold/rows';
import { bookedElsewhere, type Ending, type Said, settlementOf } from '../hold/settlement';
import type { Told } from './keys';
import type { Opened } from './open';
import { type Rejection, rejectionOf } from './rejections';
import type { Placed } from './sort';

/** Records that name a hold: each is that hold's settlement. */
export type Held = { holds: ReadonlyMap<string, Hold>; exposures: Map<string, Exposure>; prices: Map<string, HeldPrices> };

const NOT_FOUND = {
  pointer: '/holdId',
  code: 'hold.not_found',
  detail: 'There is no such hold of this workload. Leave holdId out for a call that was not asked for.',
};

/** Locks the holds that records name, and what their keys hold open: before event ids are claimed, as decisions do. */
export async function lockHeld(ctx: Context, records: readonly Placed[]): Promise<Held> {
  const holds = await lockHolds(
    ctx.tx,
    ctx.orgId,
    records.flatMap(({ record }) => (record.holdId === null ? [] : [record.holdId])),
  );
  const exposures = await lockExposures(
    ctx,
    [...holds.values()].map((hold) => hold.apiKeyId),
  );
  const prices = await readHeldPrices(
    ctx.tx,
    ctx.orgId,
    [...holds.values()].map((hold) => hold.pricesId),
  );
  return { holds, exposures, prices };
}

const IS_LEASE = {
  pointer: '/holdId',
  code: 'hold.is_lease',
  detail: 'This is a lease, whose calls are booked when it is settled. Leave holdId out for a call that was not made under it.',
};

/** Takes out the records whose hold is not there, belongs to a workload other than the record's, or is a lease. */
export function withoutStrangers(held: Held, records: readonly Placed[]): { records: Placed[]; rejected: Rejection[] } {
  const isStranger = ({ record }: Placed): boolean => record.holdId !== null && held.holds.get(record.holdId)?.workload !== record.workload;
  const isLeased = ({ record }: Placed): boolean => record.holdId !== null && (held.holds.get(record.holdId)?.isLease ?? false);
  const [strangers, others] = [records.filter(isStranger), records.filter((each) => !isStranger(each))];
  const rejected = others.filter(isLeased).map((each) => rejectionOf(each, IS_LEASE));
  return {
    records: others.filter((each) => !isLeased(each)),
    rejected: [...strangers.map((each) => rejectionOf(each, NOT_FOUND)), ...rejected],
  };
}

/** What a hold had been settled at before a record named it again; null while it can be settled. */
export function settledBefore(hold: Hold): Told | null {
  return hold.state === 'settled' && hold.settled !== null ? { eventId: hold.id, source: 'settle', amountNano: hold.settled } : null;
}

/** How a hold ends by a record. `told` is set where another source has booked the same response: then it ends without money. */
export function endingOf(opened: Opened, held: Held, { record }: Placed, hold: Hold, source: string): { told: Ending; settled: Ending } {
  const { ctx, book } = opened;
  const { units, provider, model, eventId, responseId, latencyMs, occurredAt } = record;
  const said: Said = { units, provider, model, eventId, responseId, latencyMs, source, occurredAt };
  return {
    told: bookedElsewhere(hold, record.hash, ctx.now),
    settled: settlementOf(hold, said, record.hash, book, held.prices.get(hold.pricesId), ctx.now),
  };
}

/** Writes the ends of holds, and gives their keys back what they held open. */
export async function endHeld(ctx: Context, held: Held, endings: readonly Ending[]): Promise<void> {
  await endHolds(
    ctx,
    endings.map((each) => each.end),
  );
  for (const { hold } of endings) {
    if (hold.state === 'open') expose(held.exposures.get(hold.apiKeyId), -hold.held, hold.observedIds.length > 0);
  }
}
