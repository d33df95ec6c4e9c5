import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { zoneOf } from '../escalate';
import type { BreachEventKind } from '../event';
import type { TimelineOut } from '../schema';
import { type Names, namesOf } from './names';
import { sentenceOf } from './sentences';

type Line = {
  id: string;
  at: Instant;
  kind: BreachEventKind | 'stop_lifted' | 'action_prepared' | 'action_started' | 'action_ended';
  actorId: string;
  actorName: string | null;
  detail: Record<string, unknown>;
};

/** The time line of a breach, oldest first: its own events, and what became of its stops and actions. */
export async function timelineOf(ctx: Context, breachId: string): Promise<TimelineOut[]> {
  const lines = await ctx.tx.query<Line>(
    `SELECT id, at, kind, actor_id AS "actorId", actor_name AS "actorName", detail, n FROM breach_event WHERE org_id = $1 AND breach_id = $2
     UNION ALL SELECT s.id, s.lifted_at, 'stop_lifted', s.lifted_by, NULL, jsonb_build_object('why', s.lifted_why, 'stopId', s.id), NULL
       FROM breach_stop x JOIN stop s ON s.org_id = x.org_id AND s.id = x.stop_id
      WHERE x.org_id = $1 AND x.breach_id = $2 AND s.lifted_at IS NOT NULL
     UNION ALL SELECT a.id, e.at, e.kind, e.by, NULL, jsonb_build_object('action', a.kind, 'actionId', a.id, 'why', coalesce(e.why, a.reason)), NULL
       FROM containment_action a CROSS JOIN LATERAL (VALUES
         (CASE WHEN a.mode = 'ask' THEN a.created_at END, 'action_prepared', a.created_by, NULL), (a.started_at, 'action_started', coalesce(a.started_by, a.created_by), NULL),
         (a.ended_at, 'action_ended', a.ended_by, a.ended_why)) AS e(at, kind, by, why)
      WHERE a.org_id = $1 AND a.breach_id = $2 AND e.at IS NOT NULL
     ORDER BY at, n NULLS LAST, id`,
    [ctx.orgId, breachId],
  );
  const [zone, names] = await Promise.all([zoneOf(ctx), namesOf(ctx, lines.flatMap(wordsIn))]);
  const stopped = lines.findIndex(({ kind, detail }) => kind === 'stop_raised' || (kind === 'opened' && typeof detail.stopId === 'string'));
  return lines.map((line, i) => {
    const detail = line.kind === 'stop_raised' ? { ...line.detail, again: i > stopped } : line.detail;
    return lineOf({ ...line, detail }, names, zone);
  });
}

const wordsIn = ({ actorId, detail }: Line): string[] => [
  actorId,
  ...(Array.isArray(detail.targets) ? (detail.targets as string[]) : []),
  ...[detail.by, detail.member].flatMap((each) => (typeof each === 'string' ? [each] : [])),
];

function lineOf({ id, at, kind, actorId, actorName, detail }: Line, names: Names, zone: string): TimelineOut {
  const by = { id: actorId, name: actorName ?? names(actorId) };
  return { ...{ id, at: toIso(at), kind, by, detail }, text: sentenceOf(kind, detail, by.name, names, zone) };
}
