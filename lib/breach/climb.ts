import { readClock } from '@/lib/clock';
import type { Context } from '@/lib/context';
import { reader, type Tx, transaction } from '@/lib/db';
import { formatTime } from '@/lib/kernel/format-time';
import { type Instant, minutes, plus, toIso } from '@/lib/kernel/instant';
import { isTold } from '@/lib/org/told';
import { announce } from './announce';
import { dataOf, tellStation, toldFacts, zoneOf } from './escalate';
import { addEvent } from './event';
import { FIRST, stationAfter } from './policy/rules';
import { type BreachRow, readBreachRow } from './row';
import { sentencesOf, titleOf } from './rules';

const ESCALATION: Context['actor'] = { kind: 'system', id: 'escalation', name: 'Escalation' };

/** Who is due: climbs whose time has come, and answers whose time is over. Each locked by one worker; another takes the next. */
const DUE = `SELECT org_id AS "orgId", id FROM breach
  WHERE closed_at IS NULL AND (next_climb_at <= $1 OR answer_expires_at <= $1) AND CASE WHEN $2::text IS NULL THEN ${isTold('org_id')} ELSE org_id = $2 END
  ORDER BY least(next_climb_at, answer_expires_at) LIMIT 1 FOR UPDATE SKIP LOCKED`;

/**
 * Climbs every breach whose time has come: the notices of a station and the time of the next one are written in one transaction of
 * the breach's own, under its lock. A clock that jumps ahead gives each station its minutes from then on; none is left out.
 * @param now the time handed in (tests, a story); absent: the clock door's · @param orgId only this organisation's · @returns how many moved
 */
export async function climbDue(now?: Instant, orgId: string | null = null): Promise<number> {
  const at = now ?? (await readClock(reader()));
  for (let moved = 0; ; moved++) if (!(await transaction((tx) => climbNext(tx, at, orgId)))) return moved;
}

/** Moves the one breach that is due first, in the transaction given. @returns false when none is */
export async function climbNext(tx: Tx, now: Instant, orgId: string | null = null): Promise<boolean> {
  const [due] = await tx.query<{ orgId: string; id: string }>(DUE, [toIso(now), orgId]);
  if (!due) return false;
  const ctx: Context = { actor: ESCALATION, orgId: due.orgId, requestId: 'job', now, tx };
  const breach = await readBreachRow(ctx, due.id);
  if (breach.answeredAt === null) {
    await tellStation(ctx, breach, { climb: breach.climb, station: stationAfter(breach.policy, breach), kind: 'breach.climbed' });
  } else await answerIsOver(ctx, breach);
  return true;
}

/**
 * The time of an answer is over. What is still not contained climbs again, whoever had it told first; what is contained is looked
 * at again after as long, and whoever has it is reminded once.
 */
async function answerIsOver(ctx: Context, breach: BreachRow): Promise<void> {
  if (breach.phase === 'open') {
    await addEvent(ctx, breach.id, 'answer_expired', { by: breach.answeredBy, climb: breach.climb });
    const more = breach.answeredBy?.startsWith('mem_') ? [`member:${breach.answeredBy}`] : [];
    await tellStation(ctx, breach, { climb: breach.climb + 1, station: FIRST, kind: 'breach.climbed', more });
    return;
  }
  const lasts = breach.phase === 'recovering' ? null : breach.policy.acknowledgeExpiresMinutes;
  const next = lasts === null ? null : plus(ctx.now, minutes(lasts));
  await ctx.tx.query('UPDATE breach SET answer_expires_at = $3, version = version + 1 WHERE org_id = $1 AND id = $2', [
    ...[ctx.orgId, breach.id, next === null ? null : toIso(next)],
  ]);
  if (next !== null && breach.answeredBy?.startsWith('mem_')) await remind(ctx, breach, breach.answeredBy);
}

async function remind(ctx: Context, breach: BreachRow, member: string): Promise<void> {
  const already = await ctx.tx.query(
    `SELECT FROM breach_event WHERE org_id = $1 AND breach_id = $2 AND kind = 'reminded' AND (detail ->> 'climb')::int = $3`,
    [ctx.orgId, breach.id, breach.climb],
  );
  if (already.length > 0) return;
  await addEvent(ctx, breach.id, 'reminded', { climb: breach.climb, member });
  const [facts, zone] = [toldFacts(breach), await zoneOf(ctx)];
  const since = breach.answeredAt === null ? '' : ` You have had it since ${formatTime(breach.answeredAt, zone)}.`;
  await announce(ctx, breach.id, [{ member }], {
    ...{ kind: 'breach.reminder', part: `reminder/${breach.climb}`, title: titleOf(facts, zone) },
    ...{ text: `${sentencesOf(facts)}${since} It is contained, and waits for a way back.`, data: dataOf(breach) },
  });
}
