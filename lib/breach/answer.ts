import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { minutes, plus, toIso } from '@/lib/kernel/instant';
import { cancelNotices } from '@/lib/notice/write';
import { announce, toldOf } from './announce';
import { dataOf } from './escalate';
import { addEvent } from './event';
import { requireMine } from './may-answer';
import { lockOpen } from './phase';
import { type BreachRow, lockBreach, readBreachRow } from './row';

/** Notices that ask for an answer: once there is one, those that have not left stay here. */
const ASKING = ['breach.opened', 'breach.climbed', 'breach.reminder', 'breach.reopened'];

/**
 * Acknowledges a breach: whoever is first has it, everyone after learns who. The climb ends and what has not left does not leave.
 * Nothing else changes. The answer counts for as long as the policy says, should the breach not be contained by then.
 * @throws Fault breach.not_found · breach.closed · breach.not_yours
 */
export async function acknowledge(ctx: Context, input: { breachId: string; note: string | null }): Promise<BreachRow> {
  const breach = await lockOpen(ctx, input.breachId);
  await requireMine(ctx, breach);
  if (breach.answeredAt !== null) return breach;
  const { acknowledgeExpiresMinutes: lasts } = breach.policy;
  await ctx.tx.query(
    `UPDATE breach SET answered_by = $3, answered_at = $4, answer_note = $5, answer_expires_at = $6, next_climb_at = NULL, version = version + 1
      WHERE org_id = $1 AND id = $2`,
    [
      ...[ctx.orgId, breach.id, ctx.actor.id, toIso(ctx.now), input.note],
      ...[lasts === null ? null : toIso(plus(ctx.now, minutes(lasts)))],
    ],
  );
  const cancelled = await cancelNotices(ctx, { breachId: breach.id, kinds: ASKING });
  await addEvent(ctx, breach.id, 'acknowledged', { note: input.note, climb: breach.climb, cancelled });
  await audit(ctx, 'breach.acknowledged', { kind: 'breach', id: breach.id }, null, { by: ctx.actor.name, note: input.note });
  await tell(ctx, 'breach.acknowledged', { kind: 'breach', id: breach.id, budgetId: breach.budgetId });
  const others = (await toldOf(ctx, breach.id)).filter((each) => !('member' in each) || each.member !== ctx.actor.id);
  await announce(ctx, breach.id, others, {
    ...{ kind: 'breach.acknowledged', part: `answer/${breach.climb}`, title: `${breach.budgetName}: ${ctx.actor.name} has it` },
    ...{ text: input.note ?? 'The climb has ended. Nobody else needs to answer.', data: dataOf(breach) },
  });
  return readBreachRow(ctx, breach.id);
}

/** Records what caused a breach, as a person has found out; the last word counts. @throws Fault breach.not_found · breach.not_yours */
export async function recordCause(ctx: Context, input: { breachId: string; cause: string }): Promise<void> {
  const breach = await lockBreach(ctx, input.breachId);
  await requireMine(ctx, breach);
  await ctx.tx.query('UPDATE breach SET found_cause = $3, version = version + 1 WHERE org_id = $1 AND id = $2', [
    ...[ctx.orgId, breach.id, input.cause],
  ]);
  await addEvent(ctx, breach.id, 'cause_recorded', { cause: input.cause });
  await audit(ctx, 'breach.cause_recorded', { kind: 'breach', id: breach.id }, { cause: breach.foundCause }, { cause: input.cause });
  await tell(ctx, 'breach.changed', { kind: 'breach', id: breach.id, budgetId: breach.budgetId });
}

/** Adds a person's words to the time line, as a note or under the name of what they decided. @throws as `recordCause` */
export async function addNote(
  ctx: Context,
  input: { breachId: string; text: string | null; kind?: 'note' | 'kept_stopped' },
): Promise<void> {
  const breach = await lockBreach(ctx, input.breachId);
  await requireMine(ctx, breach);
  await addEvent(ctx, breach.id, input.kind ?? 'note', { text: input.text });
  await tell(ctx, 'breach.changed', { kind: 'breach', id: breach.id, budgetId: breach.budgetId });
}
