import { mayPass, ownsBudget, RIGHTS } from '@/lib/auth/rights';
import { readBudgetRow } from '@/lib/budget/read/budgets';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';

/** Notes, sign-offs and the check list: those who run the recovery, the budget's owner, and any escalation owner. @throws Fault budget.not_yours */
export async function requireMayNote(ctx: Context, budgetId: string): Promise<void> {
  const { actor } = ctx;
  const { ownerId } = await readBudgetRow(ctx.tx, ctx.orgId, budgetId);
  if (actor.kind !== 'member' ? mayPass(actor, 'recovery.note') : RIGHTS['recovery.note'].roles.includes(actor.role)) return;
  if (ownsBudget(actor, ownerId) || (actor.kind === 'member' && actor.duties.includes('escalation_owner'))) return;
  throw new Fault('budget.not_yours', "This recovery is for its budget's owner, escalation owners and operators.");
}
