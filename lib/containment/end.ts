import { lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { readAction } from './reads';
import { requireContainment } from './rights';
import { bumpContainment, isOver, lockAction, noteChange } from './rows';
import type { ActionOut } from './schema';

/**
 * Ends an action: what it held back flows again, or what was prepared is put away.
 * @throws Fault action.not_found · action.ended · action.not_yours
 */
export async function endAction(ctx: Context, id: string, why: string): Promise<ActionOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const row = await lockAction(ctx, id);
  await requireContainment(ctx, row.scope, row.unassigned);
  if (isOver(row, ctx.now)) throw new Fault('action.ended', 'This action has ended already.');
  await writeEnd(ctx, id, ctx.now, ctx.actor.id, why);
  await bumpContainment(ctx);
  return readAction(ctx, id);
}

/**
 * Ends every open action of a breach, the last that was switched on first: the ladder is climbed down the way it was climbed up.
 * @returns their ids, in the order in which they ended
 */
export async function endActionsOf(ctx: Context, of: { breachId: string }, why: string): Promise<string[]> {
  const open = await ctx.tx.query<{ id: string }>(
    `SELECT id FROM containment_action WHERE org_id = $1 AND breach_id = $2 AND ended_at IS NULL
      ORDER BY coalesce(started_at, created_at) DESC, id DESC FOR UPDATE`,
    [ctx.orgId, of.breachId],
  );
  for (const { id } of open) await writeEnd(ctx, id, ctx.now, ctx.actor.id, why);
  if (open.length > 0) await bumpContainment(ctx);
  return open.map((each) => each.id);
}

/** Writes down the end of actions that have expired. They have not bitten since. @returns how many */
export async function expireActions(ctx: Context): Promise<number> {
  const expired = await ctx.tx.query<{ id: string; at: Instant }>(
    `SELECT id, expires_at AS at FROM containment_action
      WHERE org_id = $1 AND ended_at IS NULL AND expires_at <= $2 ORDER BY id FOR UPDATE SKIP LOCKED`,
    [ctx.orgId, toIso(ctx.now)],
  );
  for (const { id, at } of expired) await writeEnd(ctx, id, at, 'system', 'It expired.');
  if (expired.length > 0) await bumpContainment(ctx);
  return expired.length;
}

async function writeEnd(ctx: Context, id: string, at: Instant, by: string, why: string): Promise<void> {
  await ctx.tx.query(
    `UPDATE containment_action SET ended_at = $3, ended_by = $4, ended_why = $5, version = version + 1
      WHERE org_id = $1 AND id = $2 AND ended_at IS NULL`,
    [ctx.orgId, id, toIso(at), by, why],
  );
  await noteChange(ctx, 'ended', id, { why, by });
}
