import { spentOf } from '@/lib/budget/spent/cells';
import type { Context, Pins } from '@/lib/context';
import { larger, nanoUsd, ZERO_USD } from '@/lib/kernel/money';
import { writeEntries } from '@/lib/ledger/write-entries';
import { applyChanges, lockPeriods } from '../charge';
import { expose, lockExposures } from '../hold/exposure';
import { endHolds } from '../hold/rows';
import { presumedRow } from '../hold/settlement';
import { openRules } from './ask';
import { writeAll } from './give';
import { lockLease, writeLease } from './rows';
import type { LeaseEnded } from './schema';

/**
 * Ends a lease: gives back what is left of it. What its holder last said to be under way is presumed spent, until it is settled late.
 * Ended already, it says how. @throws Fault lease.not_found
 */
export async function endLease(ctx: Context, pins: Pins, id: string): Promise<LeaseEnded> {
  const { set } = await openRules(ctx);
  const { hold, lease } = await lockLease(ctx, id, pins);
  const { booked, underway } = lease;
  if (hold.state !== 'open') {
    const presumed = hold.state === 'presumed' ? hold.held : ZERO_USD;
    const released = larger(ZERO_USD, nanoUsd((hold.settledOf ?? booked) - booked));
    return { settledNanoUsd: String(booked), presumedNanoUsd: String(presumed), releasedNanoUsd: String(released) };
  }
  const exposures = await lockExposures(ctx, [hold.apiKeyId]);
  const entries = underway > 0n ? [presumedRow({ ...hold, held: underway }, ctx.now, 1)] : [];
  await writeEntries(ctx.tx, set, entries);
  const meters = await lockPeriods(ctx, hold.periodIds);
  const change = { held: -hold.held, presumed: underway, calls: BigInt(entries.length) };
  const spent = spentOf(entries);
  await applyChanges(
    ctx,
    meters,
    hold.periodIds.map((periodId) => ({ periodId, change, spent, cause: 'overrun', holdId: id })),
  );
  expose(exposures.get(hold.apiKeyId), -hold.held, false);
  const isKnown = underway === 0n;
  const end = isKnown ? { settled: booked, settledOf: nanoUsd(booked + hold.held) } : { settled: null, settledOf: null };
  await endHolds(ctx, [{ id, state: isKnown ? 'settled' : 'presumed', ...end, hash: null }]);
  await writeLease(ctx, id, lease, isKnown ? hold.held : underway);
  await writeAll(ctx, exposures, meters);
  const released = nanoUsd(hold.held - underway);
  return { settledNanoUsd: String(booked), presumedNanoUsd: String(underway), releasedNanoUsd: String(released) };
}
