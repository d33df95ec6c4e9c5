import type { Context } from '@/lib/context';
import { days, type Instant, minus, toIso } from '@/lib/kernel/instant';

/** An open breach: who has it, and which of its days nobody has signed off. */
export type OpenBreach = {
  id: string;
  budgetId: string;
  budgetName: string;
  phase: 'open' | 'contained' | 'recovering';
  cause: string;
  /** The share of the amount that was reached; null where a stop opened it. */
  level: number | null;
  openedAt: Instant;
  nextClimbAt: Instant | null;
  isAnswered: boolean;
  answeredBy: string | null;
  /** Whether it is said where the money comes from; null without a plan. */
  isRoomAnswered: boolean | null;
  percent: number | null;
  /** Days that nobody has signed off, the oldest first, each with its verdict. */
  unsigned: { date: string; verdict: string }[];
};

/** A containment action that is prepared and waits for a yes. */
export type Prepared = { id: string; kind: string; createdAt: Instant; of: string };

/** What could not be delivered to one receiver, and was given up. */
export type Undelivered = { to: string; channelId: string | null; notices: number; last: Instant };

/** What waits for a person beside money: breaches, prepared actions, undelivered notices. */
export type Waiting = { breaches: OpenBreach[]; prepared: Prepared[]; undelivered: Undelivered[] };

/** What was given up longer ago is history: it stands with its channel. */
const RECENT = days(7);
const SHOWN = 5;

/** Reads it, each from the few rows that its index holds; no ledger is looked at. */
export async function waitingOf(ctx: Context): Promise<Waiting> {
  const breaches = await ctx.tx.query<OpenBreach>(
    `SELECT r.id, r.budget_id AS "budgetId", b.name AS "budgetName", r.phase, r.cause, (r.figures ->> 'level')::float8 AS level,
            r.opened_at AS "openedAt", r.next_climb_at AS "nextClimbAt", r.answered_at IS NOT NULL AS "isAnswered", p.name AS "answeredBy",
            CASE WHEN l.id IS NOT NULL THEN l.room IS NOT NULL END AS "isRoomAnswered", l.stage_percent AS percent,
            coalesce((SELECT jsonb_agg(jsonb_build_object('date', d.date::text, 'verdict', d.verdict) ORDER BY d.date)
              FROM (SELECT DISTINCT ON (date) date, verdict FROM recovery_day WHERE org_id = l.org_id AND plan_id = l.id ORDER BY date, correction DESC) d
             WHERE NOT EXISTS (SELECT FROM recovery_note n WHERE n.org_id = l.org_id AND n.plan_id = l.id AND n.date = d.date AND n.kind = 'sign_off')),
              '[]') AS unsigned
       FROM breach r JOIN budget b ON b.org_id = r.org_id AND b.id = r.budget_id
       LEFT JOIN member m ON m.org_id = r.org_id AND m.id = r.answered_by LEFT JOIN person p ON p.id = m.person_id
       LEFT JOIN recovery_plan l ON l.org_id = r.org_id AND l.breach_id = r.id AND l.closed_at IS NULL
      WHERE r.org_id = $1 AND r.closed_at IS NULL ORDER BY r.answered_at IS NOT NULL, r.opened_at, r.id`,
    [ctx.orgId],
  );
  const prepared = await ctx.tx.query<Prepared>(
    `SELECT a.id, a.kind, a.created_at AS "createdAt", coalesce(b.name, a.workload, 'everything') AS of
       FROM containment_action a LEFT JOIN budget b ON b.org_id = a.org_id AND b.id = a.budget_id
      WHERE a.org_id = $1 AND a.started_at IS NULL AND a.ended_at IS NULL AND a.mode = 'ask' AND (a.expires_at IS NULL OR a.expires_at > $2)
      ORDER BY a.created_at, a.id LIMIT ${SHOWN}`,
    [ctx.orgId, toIso(ctx.now)],
  );
  const undelivered = await ctx.tx.query<Omit<Undelivered, 'notices'> & { notices: bigint }>(
    `SELECT coalesce(c.name, p.name, n.via) AS "to", n.channel_id AS "channelId", count(*) AS notices, max(n.created_at) AS last
       FROM notice n LEFT JOIN channel c ON c.org_id = n.org_id AND c.id = n.channel_id
       LEFT JOIN member m ON m.org_id = n.org_id AND m.id = n.member_id LEFT JOIN person p ON p.id = m.person_id
      WHERE n.org_id = $1 AND n.state = 'dead' AND n.created_at > $2 GROUP BY 1, 2 ORDER BY last DESC LIMIT ${SHOWN}`,
    [ctx.orgId, toIso(minus(ctx.now, RECENT))],
  );
  return { breaches, prepared, undelivered: undelivered.map((each) => ({ ...each, notices: Number(each.notices) })) };
}
