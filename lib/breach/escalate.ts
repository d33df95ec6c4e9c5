import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { minutes, plus, toIso } from '@/lib/kernel/instant';
import { type Announcement, announce } from './announce';
import { addEvent } from './event';
import { minutesAt, type Station, targetsAt } from './policy/rules';
import type { BreachRow } from './row';
import { climbSentence, sentencesOf, titleOf } from './rules';
import { recipientsOf, wordOf } from './targets';

/** The zone in which an organisation's times are said. */
export const zoneOf = async (ctx: Context): Promise<string> =>
  only(await ctx.tx.query<{ zone: string }>('SELECT zone FROM organisation WHERE id = $1', [ctx.orgId])).zone;

/** What a breach is, for its sentences; the level is kept with its figures. */
export const toldFacts = (breach: BreachRow) => ({ ...breach, level: breach.figures.level ?? null });

/**
 * Tells a station of a breach's climb: its notices, its line in the time line and the time of the next station are one transaction,
 * so that whatever is killed or doubled, each station is told once. The breach is locked; an answer it had counts no longer.
 * @param climb which climb: a reopened breach and an answer that expired begin a new one
 * @param more targets told along with the station's own
 */
export async function tellStation(
  ctx: Context,
  breach: BreachRow,
  { climb, station, kind, more = [] }: { climb: number; station: Station; kind: Announcement['kind']; more?: string[] },
): Promise<void> {
  const { policy } = breach;
  const next = plus(ctx.now, minutes(minutesAt(policy, station)));
  await ctx.tx.query(
    `UPDATE breach SET climb = $3, round = $4, step = $5, next_climb_at = $6, answered_by = NULL, answered_at = NULL, answer_note = NULL,
            answer_expires_at = NULL, version = version + 1 WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, breach.id, climb, station.round, station.step, toIso(next)],
  );
  const to = await recipientsOf(ctx, [...targetsAt(policy, station), ...more], breach.budgetOwnerId);
  const place = { climb, ...station, of: policy.steps.length };
  await addEvent(ctx, breach.id, 'told', { ...place, targets: to.map(wordOf), nextClimbAt: toIso(next) });
  const [facts, zone] = [toldFacts(breach), await zoneOf(ctx)];
  await announce(ctx, breach.id, to, {
    ...{ kind, part: `${climb}.${station.round}.${station.step}`, title: titleOf(facts, zone), asksForAnswer: true },
    text: `${sentencesOf(facts)} ${climbSentence(next, zone)}`,
    data: { ...dataOf(breach), ...place, nextClimbAt: toIso(next) },
  });
}

/** What programs are given of a breach with every notice. */
export const dataOf = (breach: BreachRow): object => ({
  ...{ breachId: breach.id, budgetId: breach.budgetId, budgetName: breach.budgetName, cause: breach.cause, critical: breach.critical },
  ...{ openedAt: toIso(breach.openedAt), figures: breach.figures },
});
