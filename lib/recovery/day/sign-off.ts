import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { lockPlan, type PlanRow, readPlanRow } from '../plan';
import { requireMayNote } from '../rights';

/**
 * Signs a daily entry off: a person has looked at it. Once a day; the first one's stands.
 * @throws Fault plan.not_found · plan.closed · day.not_found · day.signed_off · budget.not_yours
 */
export async function signOff(ctx: Context, input: { id: string; date: string; note: string }): Promise<void> {
  const plan = await openFor(ctx, input.id);
  const days = await ctx.tx.query('SELECT FROM recovery_day WHERE org_id = $1 AND plan_id = $2 AND date = $3::date', [
    ctx.orgId,
    plan.id,
    input.date,
  ]);
  if (days.length === 0) throw new Fault('day.not_found', 'There is no entry of this day yet: it is written when the day has ended.');
  if (!(await addNote(ctx, plan, 'sign_off', input.note, input.date)))
    throw new Fault('day.signed_off', 'Somebody has signed this day off already.');
}

/** Adds a person's note to a plan, or to one of its days. @throws Fault plan.not_found · plan.closed · budget.not_yours */
export async function noteRecovery(ctx: Context, input: { id: string; text: string; date?: string | undefined }): Promise<void> {
  await addNote(ctx, await openFor(ctx, input.id), 'note', input.text, input.date ?? null);
}

async function openFor(ctx: Context, id: string): Promise<PlanRow> {
  await requireMayNote(ctx, (await readPlanRow(ctx, id)).budgetId);
  return lockPlan(ctx, id);
}

async function addNote(ctx: Context, plan: PlanRow, kind: 'note' | 'sign_off', text: string, date: string | null): Promise<boolean> {
  const rows = await ctx.tx.query(
    `INSERT INTO recovery_note (org_id, id, plan_id, date, kind, text, by_id, by_name, at) VALUES ($1, $2, $3, $4::date, $5, $6, $7, $8, $9)
     ON CONFLICT (org_id, plan_id, date) WHERE kind = 'sign_off' DO NOTHING RETURNING 1`,
    [ctx.orgId, makeId('nte', ctx.now), plan.id, date, kind, text, ctx.actor.id, ctx.actor.name, toIso(ctx.now)],
  );
  if (rows.length === 0) return false;
  await audit(ctx, kind === 'note' ? 'plan.noted' : 'plan.signed_off', { kind: 'recovery_plan', id: plan.id }, null, { date, text });
  await tell(ctx, 'plan.day', { kind: 'recovery_plan', id: plan.id, breachId: plan.breachId, budgetId: plan.budgetId });
  return true;
}
