import { audit } from '@/lib/audit/write';
import { requireBudgetRight } from '@/lib/auth/rights';
import { bumpBudgetSet } from '@/lib/budget/insert';
import { readBudget } from '@/lib/budget/read/budgets';
import type { BudgetOut } from '@/lib/budget/schema';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { closeWithBudget } from '@/lib/recovery/exit/close';
import { BY_RULE, endStop } from '@/lib/stop/end';
import { openBudget } from './open-budget';

/**
 * Ends a budget: it admits and refuses nothing any more, its history stays. Holds that it let pass settle into its last period, and a
 * recovery that is open closes with it.
 * @throws Fault budget.not_found · budget.ended · etag.mismatch · budget.whole_stays for the two that every organisation keeps
 */
export async function endBudget(ctx: Context, input: { id: string; ifMatch: number | null; reason: string }): Promise<BudgetOut> {
  const { budget, meters } = await openBudget(ctx, input.id, input.ifMatch);
  requireBudgetRight(ctx.actor, 'budget.write', budget.ownerId);
  if (budget.kind !== 'scoped') {
    throw new Fault(
      'budget.whole_stays',
      `"${budget.name}" watches what no other budget covers and cannot be removed. Let it observe, or raise its amount.`,
    );
  }
  const stopId = meters.find((m) => m.stopId !== null)?.stopId ?? (await openStopOf(ctx, budget.id));
  if (stopId) await endStop(ctx, stopId, BY_RULE, `The budget ended: ${input.reason}`);
  // While it is there still: its report is written from live figures.
  await closeWithBudget(ctx, budget.id, input.reason);
  await ctx.tx.query('UPDATE budget SET ended_at = $3, version = version + 1 WHERE org_id = $1 AND id = $2', [
    ctx.orgId,
    budget.id,
    toIso(ctx.now),
  ]);
  await ctx.tx.query(
    `UPDATE budget_grant SET state = 'ended', ended_at = $3, ended_by = $4, ended_why = 'The budget ended.', version = version + 1
      WHERE org_id = $1 AND budget_id = $2 AND state <> 'ended'`,
    [ctx.orgId, budget.id, toIso(ctx.now), ctx.actor.id],
  );
  await bumpBudgetSet(ctx);
  await audit(
    ctx,
    'budget.ended',
    { kind: 'budget', id: budget.id },
    { name: budget.name },
    { endedAt: toIso(ctx.now), reason: input.reason },
  );
  return readBudget(ctx, budget.id);
}

/** Outside its fixed dates a budget has no period that would carry its stop. */
async function openStopOf(ctx: Context, budgetId: string): Promise<string | null> {
  const rows = await ctx.tx.query<{ id: string }>('SELECT id FROM stop WHERE org_id = $1 AND budget_id = $2 AND lifted_at IS NULL', [
    ctx.orgId,
    budgetId,
  ]);
  return rows[0]?.id ?? null;
}
