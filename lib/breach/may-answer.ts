import { ownsBudget } from '@/lib/auth/rights';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import type { BreachRow } from './row';

/**
 * Whether someone may answer for a breach: by role, by the duty, because the budget is theirs, or because they were told of it.
 */
export async function mayAnswer(ctx: Context, breach: Pick<BreachRow, 'id' | 'budgetOwnerId'>): Promise<boolean> {
  const { actor } = ctx;
  if (actor.kind !== 'member') return actor.kind === 'system' || actor.scopes.includes('admin');
  if (actor.role === 'admin' || actor.role === 'operator' || actor.duties.includes('escalation_owner')) return true;
  if (ownsBudget(actor, breach.budgetOwnerId)) return true;
  const rows = await ctx.tx.query('SELECT FROM breach_told WHERE org_id = $1 AND breach_id = $2 AND target = $3', [
    ...[ctx.orgId, breach.id, `member:${actor.id}`],
  ]);
  return rows.length > 0;
}

/** @throws Fault breach.not_yours */
export async function requireMine(ctx: Context, breach: Pick<BreachRow, 'id' | 'budgetOwnerId'>): Promise<void> {
  if (await mayAnswer(ctx, breach)) return;
  throw new Fault('breach.not_yours', 'This breach is for its escalation owners, its budget owner, operators and whoever was told of it.');
}
