import { type Meter, writeMeters } from '@/lib/budget/meter';
import { isQuiet } from '@/lib/budget/threshold/burn';
import { writeFirings } from '@/lib/budget/threshold/firing';
import { type ThresholdRow, thresholdKey } from '@/lib/budget/threshold/rows';
import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { crossAhead, type Fired } from '@/lib/spend/cross';
import { figuresOf } from '@/lib/stop/raise';

/** What was found of one threshold that looks ahead: whether it is so now, in words after the budget's name, and its window, µs. */
export type Found = { threshold: ThresholdRow; isMet: boolean; finding: string; window: number };

/**
 * Fires what is so and has not fired, with all that follows, and arms again what was not so for one whole window. The period is
 * locked. @returns how many fired
 */
export async function fireFound(ctx: Context, m: Meter, found: readonly Found[]): Promise<number> {
  const met = found.filter((each) => each.isMet).map(({ threshold, finding }): Fired => ({ ...threshold, finding }));
  const fired = await writeFirings(ctx, m, met, figuresOf(m));
  await ctx.tx.query(
    `UPDATE threshold_firing SET met_at = $3 WHERE org_id = $1 AND period_id = $2 AND rearmed_at IS NULL AND threshold_key = ANY($4)`,
    [ctx.orgId, m.id, toIso(ctx.now), met.map(thresholdKey)],
  );
  await rearmQuiet(ctx, m, found);
  if (fired.length === 0) return 0;
  await crossAhead(ctx, m, fired);
  await writeMeters(ctx, [m]);
  return fired.length;
}

async function rearmQuiet(ctx: Context, m: Meter, found: readonly Found[]): Promise<void> {
  const calm = found.filter((each) => !each.isMet);
  const open = await ctx.tx.query<{ id: string; key: string; metAt: Instant }>(
    `SELECT id, threshold_key AS key, met_at AS "metAt" FROM threshold_firing
      WHERE org_id = $1 AND period_id = $2 AND rearmed_at IS NULL AND met_at IS NOT NULL AND threshold_key = ANY($3)`,
    [ctx.orgId, m.id, calm.map((each) => thresholdKey(each.threshold))],
  );
  const quiet = open.filter(({ key, metAt }) => {
    const one = calm.find((each) => thresholdKey(each.threshold) === key);
    return one !== undefined && isQuiet(metAt, one.window, ctx.now);
  });
  if (quiet.length === 0) return;
  await ctx.tx.query('UPDATE threshold_firing SET rearmed_at = $3 WHERE org_id = $1 AND id = ANY($2)', [
    ctx.orgId,
    quiet.map((each) => each.id),
    toIso(ctx.now),
  ]);
}
