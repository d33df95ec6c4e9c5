import { writeMeters } from '@/lib/budget/meter';
import { budgetSet, lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { type Instant, minus, minutes, toIso } from '@/lib/kernel/instant';
import { writeEntries } from '@/lib/ledger/write-entries';
import { applyChanges, changesOf, lockPeriods } from '@/lib/spend/charge';
import { crossLevels } from '@/lib/spend/cross';
import { expose, lockExposures, writeExposures } from './exposure';
import { endHolds, type Hold, lockExpiredHolds, lockHoldsOfKey } from './rows';
import { presumptionOf } from './settlement';

const EXPIRED_AT_ONCE = 500;

/** A transaction that was still under way when its hold expired is looked for again within this time; none lasts longer. */
const SLACK = minutes(5);

/**
 * Turns open holds that have expired into presumed spend at their worst case, up to 500 in one transaction; a late settlement
 * corrects them. The organisation remembers how far it has come, so that only what expired since is looked at. @returns how many
 */
export async function expireHolds(ctx: Context): Promise<number> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'shared');
  const [org] = await ctx.tx.query<{ from: Instant }>(
    'SELECT coalesce(holds_expired_to, created_at) AS "from" FROM organisation WHERE id = $1',
    [ctx.orgId],
  );
  if (!org) return 0;
  const holds = await lockExpiredHolds(ctx, minus(org.from, SLACK), EXPIRED_AT_ONCE);
  const presumed = await presume(ctx, holds);
  if (holds.length < EXPIRED_AT_ONCE && ctx.now > org.from) {
    await ctx.tx.query('UPDATE organisation SET holds_expired_to = $2 WHERE id = $1', [ctx.orgId, toIso(ctx.now)]);
  }
  return presumed;
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
  await crossLevels(ctx, meters.values());
  await writeMeters(ctx, meters.values());
  return holds.length;
}
