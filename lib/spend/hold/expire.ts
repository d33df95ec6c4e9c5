import { writeMeters } from '@/lib/budget/meter';
import { budgetSet, lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { writeEntries } from '@/lib/ledger/write-entries';
import { applyChanges, changesOf, lockPeriods } from '@/lib/spend/charge';
import { expose, lockExposures, writeExposures } from './exposure';
import { endHolds, type Hold, lockExpiredHolds, lockHoldsOfKey } from './rows';
import { presumptionOf } from './settlement';

const EXPIRED_AT_ONCE = 500;

/**
 * Turns open holds that have expired into presumed spend at their worst case, up to 500 in one transaction; a late settlement
 * corrects them. @returns how many
 */
export async function expireHolds(ctx: Context): Promise<number> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'shared');
  return presume(ctx, await lockExpiredHolds(ctx, EXPIRED_AT_ONCE));
}

/** Presumes spent whatever a key holds open: for a key that has just been revoked. @returns how many holds */
export async function presumeHoldsOfKey(ctx: Context, apiKeyId: string): Promise<number> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'shared');
  return presume(ctx, await lockHoldsOfKey(ctx, apiKeyId));
}

async function presume(ctx: Context, holds: Hold[]): Promise<number> {
  if (holds.length === 0) return 0;
  const set = await budgetSet(ctx.tx, ctx.orgId);
  const exposures = await lockExposures(
    ctx,
    holds.map((hold) => hold.apiKeyId),
  );
  const endings = holds.map((hold) => presumptionOf(hold, ctx.now));
  await endHolds(
    ctx,
    endings.map((each) => each.end),
  );
  await writeEntries(
    ctx.tx,
    set,
    endings.flatMap((each) => each.entries),
  );
  const changes = changesOf(endings);
  const meters = await lockPeriods(
    ctx,
    changes.map((each) => each.periodId),
  );
  await applyChanges(ctx, meters, changes);
  for (const hold of holds) expose(exposures.get(hold.apiKeyId), -hold.held, hold.observedIds.length > 0);
  await writeExposures(ctx, exposures);
  await writeMeters(ctx, meters.values());
  return holds.length;
}
