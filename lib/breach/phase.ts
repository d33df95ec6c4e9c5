import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { cancelNotices } from '@/lib/notice/write';
import { announce, toldOf } from './announce';
import { dataOf, tellStation } from './escalate';
import { addEvent } from './event';
import { requireMine } from './may-answer';
import { FIRST } from './policy/rules';
import { type BreachRow, lockBreach, type Phase } from './row';

/**
 * Moves a locked breach to another phase; where it is there already nothing happens. Containment never ends escalation: an answer
 * is another matter. @param why a sentence for the time line
 */
export async function movePhase(ctx: Context, breach: BreachRow, phase: Exclude<Phase, 'closed'>, why: string): Promise<void> {
  if (breach.phase === phase) return;
  await ctx.tx.query('UPDATE breach SET phase = $3, version = version + 1 WHERE org_id = $1 AND id = $2', [ctx.orgId, breach.id, phase]);
  await addEvent(ctx, breach.id, 'phase', { from: breach.phase, to: phase, why });
  await audit(ctx, 'breach.phase', { kind: 'breach', id: breach.id }, { phase: breach.phase }, { phase, why });
  await tell(ctx, 'breach.phase', { kind: 'breach', id: breach.id, budgetId: breach.budgetId, phase });
}

/** The same by id, for whoever stands to the right (recovery). @throws Fault breach.not_found · breach.closed */
export async function setPhase(ctx: Context, breachId: string, phase: Exclude<Phase, 'closed'>, why: string): Promise<void> {
  await movePhase(ctx, await lockOpen(ctx, breachId), phase, why);
}

/** @throws Fault breach.not_found · breach.closed */
export async function lockOpen(ctx: Context, breachId: string): Promise<BreachRow> {
  const breach = await lockBreach(ctx, breachId);
  if (breach.phase === 'closed') throw new Fault('breach.closed', 'This breach is closed. Reopen it first.');
  return breach;
}

/**
 * Closes a breach: what has not left stays here, everyone who was told of it is told of its end, and nothing pages for it any more.
 * Whether it may be closed is recovery's to say. @param summary what came of it, in a sentence or two
 * @throws Fault breach.not_found · breach.closed
 */
export async function closeBreach(ctx: Context, breachId: string, summary: string): Promise<void> {
  const breach = await lockOpen(ctx, breachId);
  await ctx.tx.query(
    `UPDATE breach SET phase = 'closed', closed_at = $3, closed_by = $4, summary = $5, next_climb_at = NULL, answer_expires_at = NULL,
            version = version + 1 WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, breachId, toIso(ctx.now), ctx.actor.id, summary],
  );
  await cancelNotices(ctx, { breachId });
  await addEvent(ctx, breachId, 'closed', { summary });
  await audit(ctx, 'breach.closed', { kind: 'breach', id: breachId }, { phase: breach.phase }, { phase: 'closed', summary });
  await tell(ctx, 'breach.closed', { kind: 'breach', id: breachId, budgetId: breach.budgetId });
  await announce(ctx, breachId, await toldOf(ctx, breachId), {
    ...{ kind: 'breach.closed', part: `closed/${breach.version}`, title: `${breach.budgetName}: the breach is closed` },
    ...{ text: `${summary} ${ctx.actor.name} closed it; nothing more will come of it.`, data: dataOf(breach) },
  });
}

/**
 * Opens a closed breach again: it climbs anew from its first step.
 * @throws Fault breach.not_found · breach.not_yours · breach.not_closed · breach.open_already where the budget has another one by now
 */
export async function reopenBreach(ctx: Context, breachId: string, why: string): Promise<void> {
  const breach = await lockBreach(ctx, breachId);
  await requireMine(ctx, breach);
  if (breach.phase !== 'closed') throw new Fault('breach.not_closed', 'This breach is open as it is.');
  const others = await ctx.tx.query<{ id: string }>('SELECT id FROM breach WHERE org_id = $1 AND budget_id = $2 AND closed_at IS NULL', [
    ctx.orgId,
    breach.budgetId,
  ]);
  if (others[0]) throw new Fault('breach.open_already', `"${breach.budgetName}" has another open breach: work on that one.`);
  await ctx.tx.query(
    `UPDATE breach SET phase = 'open', closed_at = NULL, closed_by = NULL, summary = NULL, next_climb_at = $3, answered_by = NULL,
            answered_at = NULL, answer_note = NULL, version = version + 1 WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, breachId, toIso(ctx.now)],
  );
  await addEvent(ctx, breachId, 'reopened', { why });
  await audit(ctx, 'breach.reopened', { kind: 'breach', id: breachId }, { phase: 'closed' }, { phase: 'open', why });
  await tell(ctx, 'breach.reopened', { kind: 'breach', id: breachId, budgetId: breach.budgetId });
  await tellStation(ctx, breach, { climb: breach.climb + 1, station: FIRST, kind: 'breach.reopened' });
}
