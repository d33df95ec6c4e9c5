import { lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { readAction } from './reads';
import { requireContainment } from './rights';
import { bumpContainment, insertAction, isOver, lockAction, noteChange } from './rows';
import { requireSense } from './rules';
import type { ActionIn, ActionOut } from './schema';

// Switching takes the budget set alone: from the commit on, every decision of every process goes by it.

/**
 * Makes an action and, unless it is only to be prepared, switches it on.
 * @throws Fault action.not_yours · action.senseless · action.other_wire · action.expired
 */
export async function switchOn(ctx: Context, input: ActionIn): Promise<ActionOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const scope = { ...input.scope, tags: input.scope.tags ?? {} };
  await requireContainment(ctx, scope);
  requireSense(input, scope);
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && expiresAt <= ctx.now)
    throw new Fault('action.expired', 'It would end before it begins. Choose a later expiresAt.');
  const { kind, params, reason } = input;
  const what = { kind, params, scope, unassigned: false, reason, expiresAt, cause: 'manual', mode: 'automatic' } as const;
  const id = await insertAction(ctx, { ...what, isStarted: !input.prepare });
  if (id === null) throw new Error('a person may make the same action twice');
  if (!input.prepare) await bumpContainment(ctx);
  await noteChange(ctx, input.prepare ? 'prepared' : 'started', id, {
    ...what,
    expiresAt: isoOf(expiresAt),
  });
  return readAction(ctx, id);
}

/**
 * Switches a prepared action on: the yes it has been waiting for.
 * @throws Fault action.not_found · action.ended · action.started_already · action.not_yours
 */
export async function startAction(ctx: Context, id: string): Promise<ActionOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const row = await lockAction(ctx, id);
  await requireContainment(ctx, row.scope, row.unassigned);
  if (isOver(row, ctx.now)) throw new Fault('action.ended', 'This action has ended. Make another.');
  if (row.startedAt !== null) throw new Fault('action.started_already', 'This action is switched on already.');
  await ctx.tx.query(
    'UPDATE containment_action SET started_at = $3, started_by = $4, version = version + 1 WHERE org_id = $1 AND id = $2',
    [ctx.orgId, id, toIso(ctx.now), ctx.actor.id],
  );
  await bumpContainment(ctx);
  await noteChange(ctx, 'started', id, { kind: row.kind, scope: row.scope, params: row.params });
  return readAction(ctx, id);
}

const isoOf = (at: Parameters<typeof toIso>[0] | null): string | null => (at === null ? null : toIso(at));
