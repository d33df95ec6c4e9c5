import type { RatedMeter } from '@/lib/budget/current';
import { above } from '@/lib/budget/figures';
import { noteExcess } from '@/lib/budget/meter';
import { rearmLevels } from '@/lib/budget/threshold/firing';
import type { Context } from '@/lib/context';
import { nanoUsd, smaller, ZERO_USD } from '@/lib/kernel/money';
import { lockExposures, writeExposures } from '@/lib/spend/hold/exposure';
import { BY_RULE, endStop } from '@/lib/stop/end';

/**
 * Makes locked periods enforce. What was let pass only because the budget observed counts from now on like everything else; what
 * lies above the limit is an excess. A stop that refused nothing is over: the caller raises the real one where it is due.
 */
export async function enforceNow(ctx: Context, meters: RatedMeter[]): Promise<void> {
  await forgetObserved(ctx, meters);
  for (const m of meters) {
    m.enforcing = true;
    m.observedCharged = ZERO_USD;
    m.observedHeld = ZERO_USD;
    m.changed = true;
    // Excess written down when the budget enforced before explains that much already.
    noteExcess(m, smaller(above(m), m.excess), 'limit_lowered');
  }
  await liftOpen(ctx, meters, 'The budget enforces now.');
  // While it observed, its levels told people and did nothing: what is reached is done now.
  for (const budgetId of new Set(meters.map((m) => m.budgetId))) await rearmLevels(ctx, budgetId, meters);
}

/** Makes locked periods observe: nothing is refused any more, so an open stop is over. */
export async function observeNow(ctx: Context, meters: RatedMeter[]): Promise<void> {
  for (const m of meters) {
    m.enforcing = false;
    m.changed = true;
  }
  await liftOpen(ctx, meters, 'The budget observes now.');
}

async function liftOpen(ctx: Context, meters: RatedMeter[], why: string): Promise<void> {
  const stopId = meters.find((m) => m.stopId !== null)?.stopId;
  if (stopId) await endStop(ctx, stopId, BY_RULE, why, meters);
}

/**
 * Takes periods off the holds that an observing budget would have refused: a settlement that comes late must not take away what is
 * no longer counted apart. What was observed stays said in the hold's answer and in the counted refusals.
 */
async function forgetObserved(ctx: Context, meters: RatedMeter[]): Promise<void> {
  for (const m of meters) {
    const free = await ctx.tx.query<{ key: string; held: bigint }>(
      `UPDATE hold SET observed_ids = array_remove(observed_ids, $2) WHERE org_id = $1 AND $2 = ANY(observed_ids)
       RETURNING api_key_id AS key, CASE WHEN state = 'open' AND cardinality(observed_ids) = 0 THEN held_nano ELSE 0 END AS held`,
      [ctx.orgId, m.id],
    );
    const exposures = await lockExposures(
      ctx,
      free.map((each) => each.key),
    );
    for (const { key, held } of free) {
      const exposure = exposures.get(key);
      if (!exposure || held === 0n) continue;
      exposure.observed = nanoUsd(exposure.observed - held);
      exposure.changed = true;
    }
    await writeExposures(ctx, exposures);
  }
}
