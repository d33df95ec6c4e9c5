import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { announce, toldOf } from './announce';
import { dataOf, tellStation, toldFacts, zoneOf } from './escalate';
import { addEvent } from './event';
import { movePhase } from './phase';
import { policyFor } from './policy/reads';
import { FIRST } from './policy/rules';
import { type BreachCause, type BreachFigures, type BreachRow, lockBreach, lockLiveBreach } from './row';
import { sentencesOf, titleOf } from './rules';
import { recipientsOf } from './targets';

/** What was crossed. */
export type Crossing = {
  budget: { id: string; escalationPolicyId: string | null };
  periodId: string;
  cause: BreachCause;
  critical: boolean;
  figures: BreachFigures;
  /** The stop that was raised; null where none was. */
  stopId: string | null;
  /** The share of the amount that was reached; null where only a stop was raised. */
  level: number | null;
  /** Who is told beside the policy's steps. */
  tell: string[];
  /** A person brought it about and so has it: nobody is asked for an answer. */
  isAnswered?: boolean;
};

/**
 * Opens the breach of a crossing, in its transaction: the policy's first step is told at once. A budget that has one already keeps
 * it: what happened is added to it, and a stop during recovery begins a new climb.
 */
export async function openBreach(ctx: Context, crossing: Crossing): Promise<{ id: string; isNew: boolean }> {
  const live = await lockLiveBreach(ctx, crossing.budget.id);
  if (live) {
    await addTo(ctx, live, crossing);
    return { id: live.id, isNew: false };
  }
  const breach = await insert(ctx, crossing);
  await addEvent(ctx, breach.id, 'opened', {
    cause: crossing.cause,
    level: crossing.level,
    stopId: crossing.stopId,
    figures: crossing.figures,
  });
  await addStop(ctx, breach.id, crossing.stopId);
  if (crossing.isAnswered) await tellOfOwn(ctx, breach, crossing.tell);
  else await tellStation(ctx, breach, { climb: 1, station: FIRST, kind: 'breach.opened', more: crossing.tell });
  const { budget, ...what } = crossing;
  await audit(ctx, 'breach.opened', { kind: 'breach', id: breach.id }, null, { ...what, budgetId: budget.id });
  await tell(ctx, 'breach.opened', { kind: 'breach', id: breach.id, budgetId: breach.budgetId });
  return { id: breach.id, isNew: true };
}

async function insert(ctx: Context, crossing: Crossing): Promise<BreachRow> {
  const id = makeId('brc', ctx.now);
  const { id: policyId, policy } = await policyFor(ctx, crossing.budget.escalationPolicyId);
  const figures = crossing.level === null ? crossing.figures : { ...crossing.figures, level: crossing.level };
  const now = toIso(ctx.now);
  const [by, at] = crossing.isAnswered ? [ctx.actor.id, now] : [null, null];
  await ctx.tx.query(
    `INSERT INTO breach (org_id, id, budget_id, period_id, cause, critical, opened_at, phase, figures, policy, policy_id, next_climb_at, answered_by, answered_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[ctx.orgId, id, crossing.budget.id, crossing.periodId, crossing.cause, crossing.critical, now],
      ...[crossing.stopId === null ? 'open' : 'contained', figures, policy, policyId, crossing.isAnswered ? null : now, by, at],
    ],
  );
  return lockBreach(ctx, id);
}

async function addStop(ctx: Context, breachId: string, stopId: string | null): Promise<void> {
  if (stopId === null) return;
  await ctx.tx.query('INSERT INTO breach_stop (org_id, stop_id, breach_id) VALUES ($1, $2, $3)', [ctx.orgId, stopId, breachId]);
}

/** A person's own stop: those who would have been asked are told, and nobody is asked. */
async function tellOfOwn(ctx: Context, breach: BreachRow, more: string[]): Promise<void> {
  const to = await recipientsOf(ctx, [...(breach.policy.steps[0]?.targets ?? []), ...more], breach.budgetOwnerId);
  const others = to.filter((each) => !('member' in each) || each.member !== ctx.actor.id);
  const facts = toldFacts(breach);
  await announce(ctx, breach.id, others, {
    ...{ kind: 'breach.opened', part: '1.1.1', title: titleOf(facts, await zoneOf(ctx)), data: dataOf(breach) },
    text: `${sentencesOf(facts)} ${ctx.actor.name} has it.`,
  });
}

/** What happens to a budget whose breach is still open belongs to that breach. */
async function addTo(ctx: Context, breach: BreachRow, crossing: Crossing): Promise<void> {
  const { stopId, level, figures, cause } = crossing;
  if (level !== null) await addEvent(ctx, breach.id, 'level_reached', { level, figures });
  if (stopId === null) return;
  await addStop(ctx, breach.id, stopId);
  await addEvent(ctx, breach.id, 'stop_raised', { stopId, cause, figures });
  const wasRecovering = breach.phase === 'recovering';
  await movePhase(ctx, breach, 'contained', 'It was stopped.');
  const worse = { ...breach, cause, openedAt: ctx.now, figures };
  if (wasRecovering && !crossing.isAnswered) {
    // It was going well and is not any more: whoever had it must say so again.
    await tellStation(ctx, worse, { climb: breach.climb + 1, station: FIRST, kind: 'breach.reopened', more: crossing.tell });
    return;
  }
  const facts = toldFacts(worse);
  const to = [...(await toldOf(ctx, breach.id)), ...(await recipientsOf(ctx, crossing.tell, breach.budgetOwnerId))];
  await announce(ctx, breach.id, to, {
    ...{ kind: 'breach.climbed', part: `stop/${stopId}`, title: titleOf(facts, await zoneOf(ctx)), text: sentencesOf(facts) },
    data: dataOf(worse),
  });
}
