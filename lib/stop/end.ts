import { audit } from '@/lib/audit/write';
import type { Meter } from '@/lib/budget/meter';
import { rearmLevels } from '@/lib/budget/threshold/firing';
import type { Context } from '@/lib/context';
import { toIso } from '@/lib/kernel/instant';

/**
 * Writes that a stop is lifted, on it and on every period that carries it, and arms the budget's levels again. Call it with the budget set held alone: a decision that
 * waits for one of those periods could else bring the stop back.
 * @param by whose doing it is · @param meters locked periods, so that what is written of them later does not bring it back either
 */
export async function endStop(ctx: Context, stopId: string, by: string, why: string, meters: Iterable<Meter> = []): Promise<void> {
  const lifted = await ctx.tx.query<{ budgetId: string }>(
    `UPDATE stop SET lifted_at = $3, lifted_by = $4, lifted_why = $5, version = version + 1 WHERE org_id = $1 AND id = $2 AND lifted_at IS NULL
     RETURNING budget_id AS "budgetId"`,
    [ctx.orgId, stopId, toIso(ctx.now), by, why],
  );
  await ctx.tx.query('UPDATE budget_period SET stop_id = NULL WHERE org_id = $1 AND stop_id = $2', [ctx.orgId, stopId]);
  for (const m of meters) if (m.stopId === stopId) m.stopId = null;
  for (const { budgetId } of lifted) await rearmLevels(ctx, budgetId, meters);
  await audit(ctx, 'stop.lifted', { kind: 'stop', id: stopId }, null, { why, by });
}

/** Who lifts a stop when a rule does. */
export const BY_RULE = 'system';
