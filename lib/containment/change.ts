import { lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { requireVersion } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { readAction } from './reads';
import { requireContainment } from './rights';
import { bumpContainment, isOver, lockAction, noteChange } from './rows';
import type { ActionChange, ActionOut } from './schema';

/**
 * Changes why an action is, or until when. What it does and to whom stays: end it and make another.
 * @throws Fault action.not_found · etag.mismatch · action.ended · action.expired · action.not_yours
 */
export async function changeAction(ctx: Context, input: { id: string; ifMatch: number | null; change: ActionChange }): Promise<ActionOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const row = await lockAction(ctx, input.id);
  await requireContainment(ctx, row.scope, row.unassigned);
  requireVersion(row.version, input.ifMatch);
  if (isOver(row, ctx.now)) throw new Fault('action.ended', 'This action has ended. Make another.');
  const { reason = row.reason, expiresAt = row.expiresAt } = input.change;
  if (expiresAt !== null && expiresAt <= ctx.now) throw new Fault('action.expired', 'This lies in the past. End the action instead.');
  const until = expiresAt === null ? null : toIso(expiresAt);
  await ctx.tx.query('UPDATE containment_action SET reason = $3, expires_at = $4, version = version + 1 WHERE org_id = $1 AND id = $2', [
    ...[ctx.orgId, input.id, reason, until],
  ]);
  await bumpContainment(ctx);
  await noteChange(ctx, 'changed', input.id, { reason, expiresAt: until });
  return readAction(ctx, input.id);
}
