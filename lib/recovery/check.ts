import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { lockPlan, type PlanRow, readPlanRow } from './plan';
import { requireMayNote } from './rights';

async function openFor(ctx: Context, id: string): Promise<PlanRow> {
  await requireMayNote(ctx, (await readPlanRow(ctx, id)).budgetId);
  return lockPlan(ctx, id);
}

/** Adds an action to a plan's check list, which must be done before it closes. @throws Fault plan.not_found · plan.closed · budget.not_yours */
export async function addCheck(ctx: Context, input: { id: string; text: string }): Promise<void> {
  const plan = await openFor(ctx, input.id);
  await ctx.tx.query(
    `INSERT INTO recovery_check (org_id, id, plan_id, position, text, added_by)
     SELECT $1, $2, $3, coalesce(max(position), 0) + 1, $4, $5 FROM recovery_check WHERE org_id = $1 AND plan_id = $3`,
    [ctx.orgId, makeId('chk', ctx.now), plan.id, input.text, ctx.actor.id],
  );
  await said(ctx, plan, 'plan.check_added', { text: input.text });
}

/** Ticks an action of the check list, or takes the tick back. @throws Fault check.not_found · plan.closed · budget.not_yours */
export async function tickCheck(ctx: Context, input: { id: string; checkId: string; done: boolean }): Promise<void> {
  const plan = await openFor(ctx, input.id);
  const rows = await ctx.tx.query<{ text: string }>(
    'UPDATE recovery_check SET done_at = $4, done_by = $5 WHERE org_id = $1 AND plan_id = $2 AND id = $3 RETURNING text',
    [ctx.orgId, plan.id, input.checkId, input.done ? toIso(ctx.now) : null, input.done ? ctx.actor.id : null],
  );
  if (!rows[0]) throw new Fault('check.not_found', 'There is no such action on this check list.');
  await said(ctx, plan, 'plan.check_ticked', { text: rows[0].text, done: input.done });
}

async function said(ctx: Context, plan: PlanRow, action: string, after: object): Promise<void> {
  await audit(ctx, action, { kind: 'recovery_plan', id: plan.id }, null, after);
  await tell(ctx, 'plan.changed', { kind: 'recovery_plan', id: plan.id, breachId: plan.breachId, budgetId: plan.budgetId });
}
