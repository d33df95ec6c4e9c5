import { acknowledge } from '@/lib/breach/answer';
import { climbDue } from '@/lib/breach/climb';
import { measureUsual } from '@/lib/containment/effect/usual';
import { reader, transaction } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import type { Cast, People } from './cast';
import { WAY_BACK } from './story';

type Open = { id: string; step: number; isAnswered: boolean; dueAt: Instant | null };

const openBreaches = (orgId: string): Promise<Open[]> =>
  reader().query<Open>(
    `SELECT id, step, answered_at IS NOT NULL AS "isAnswered", least(next_climb_at, answer_expires_at) AS "dueAt"
       FROM breach WHERE org_id = $1 AND closed_at IS NULL ORDER BY id`,
    [orgId],
  );

/**
 * What the night knows of the runaway up to a moment: climbs that are due are climbed, each at its own time, and whoever is on duty
 * takes it at the second step: the first has called for a quarter of an hour, and nobody came.
 */
export async function answerInTheNight({ program: { orgId }, people }: Cast & { people: People }, now: Instant): Promise<void> {
  for (const breach of await openBreaches(orgId)) {
    if (breach.dueAt !== null && breach.dueAt <= now) await climbDue(breach.dueAt, orgId);
    else if (!breach.isAnswered && breach.step > 1)
      await transaction((tx) => acknowledge({ ...people.responder, now, tx }, { breachId: breach.id, note: WAY_BACK.answer }));
    await transaction((tx) => measureUsual({ ...people.owner, now, tx }));
  }
}
