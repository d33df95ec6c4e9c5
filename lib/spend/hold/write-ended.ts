import type { Meter } from '@/lib/budget/meter';
import type { BudgetSet } from '@/lib/budget/set';
import { lockRates } from '@/lib/containment/rate/rows';
import type { RateState } from '@/lib/containment/rate/rules';
import type { Context } from '@/lib/context';
import { together } from '@/lib/db';
import { insertEntries } from '@/lib/ledger/write-entries';
import { sumsOf, writeRollups } from '@/lib/ledger/write-rollups';
import { lockPeriods } from '@/lib/spend/charge';
import { type Ended, writeSaid } from './end-all';
import { type Exposure, lockExposures } from './exposure';
import { endHolds, endOpenHolds } from './rows';

/** What a batch locks behind its holds: keys, whose exposures a retry has locked before, rate limits, and periods. */
export type ToLock = {
  keyIds: string[];
  exposures: Map<string, Exposure> | null;
  limits: Parameters<typeof lockRates>[1];
  periodIds: string[];
};

/**
 * Writes the ends of holds with everything that follows from them but the figures of the periods, and locks those: statements that
 * need no answer of each other's, sent at once in lock order. Ledger rows go before the locks, as they wait for nobody: a batch
 * that waits for the keys of another has written them meanwhile.
 * @param making for what is first made behind the locks of the holds · @param isRemembered these are not locked yet, and open as far as is known
 * @returns what is locked, and whether all ends were written
 * @throws PeriodGone
 */
export async function writeEnded(
  ctx: Context,
  making: Context,
  set: BudgetSet,
  ended: Ended,
  toLock: ToLock,
  isRemembered: boolean,
): Promise<{ exposures: Map<string, Exposure>; rates: Map<string, RateState>; meters: Map<string, Meter>; isWhole: boolean }> {
  const ends = ended.endings.map((each) => each.end);
  const entries = ended.endings.flatMap((each) => each.entries);
  const sums = await sumsOf(making.tx, set, entries);
  const [written, , exposures, , , rates, meters] = await together([
    isRemembered ? endOpenHolds(ctx, ends) : endHolds(ctx, ends),
    insertEntries(ctx.tx, ctx.orgId, entries),
    toLock.exposures ?? lockExposures(ctx, toLock.keyIds),
    writeSaid(ctx, ended),
    writeRollups(ctx.tx, set, sums),
    lockRates(ctx, toLock.limits),
    lockPeriods(ctx, toLock.periodIds),
  ]);
  return { exposures, rates, meters, isWhole: written === ends.length };
}
