import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { localDay } from '@/lib/kernel/period';
import { readOrganisation } from '@/lib/org/reads';
import type { Risk } from './schema';

/** What people said of a step last. */
export type SaidRow = {
  step: string;
  done: boolean;
  evidence: string | null;
  risk: Risk | null;
  ownerId: string | null;
  ownerName: string | null;
  dueOn: string | null;
  saidBy: string;
  saidAt: Instant;
};

/** What people said of a guide's steps, by step. @param lock keeps the rows from changing until the transaction ends */
export async function readSaid(ctx: Context, guide: string, lock = false): Promise<Map<string, SaidRow>> {
  const rows = await ctx.tx.query<SaidRow>(
    `SELECT s.step, s.done, s.evidence, s.risk, s.owner_id AS "ownerId", o.name AS "ownerName", s.due_on::text AS "dueOn",
            coalesce(p.name, k.name, 'Hardstop') AS "saidBy", s.said_at AS "saidAt"
       FROM playbook_step s
       LEFT JOIN member m ON m.org_id = s.org_id AND m.id = s.said_by LEFT JOIN person p ON p.id = m.person_id
       LEFT JOIN api_key k ON k.org_id = s.org_id AND k.id = s.said_by
       LEFT JOIN member om ON om.org_id = s.org_id AND om.id = s.owner_id LEFT JOIN person o ON o.id = om.person_id
      WHERE s.org_id = $1 AND s.guide = $2 ${lock ? 'FOR UPDATE OF s' : ''}`,
    [ctx.orgId, guide],
  );
  return new Map(rows.map((row) => [row.step, row]));
}

/** When a guide was gone through last, by whom, and when it is due again. */
export type ReviewRow = { guide: string; reviewedBy: string; reviewedAt: Instant; dueOn: string };

/** The reviews of an organisation, by guide. */
export async function readReviews(ctx: Context): Promise<Map<string, ReviewRow>> {
  const rows = await ctx.tx.query<ReviewRow>(
    `SELECT r.guide, coalesce(p.name, 'Hardstop') AS "reviewedBy", r.reviewed_at AS "reviewedAt", r.due_on::text AS "dueOn"
       FROM playbook_review r LEFT JOIN member m ON m.org_id = r.org_id AND m.id = r.reviewed_by LEFT JOIN person p ON p.id = m.person_id
      WHERE r.org_id = $1`,
    [ctx.orgId],
  );
  return new Map(rows.map((row) => [row.guide, row]));
}

/** How many steps of a guide were done at the end of a day. */
export type DayRow = { day: string; done: number; steps: number };

const DAYS_SHOWN = 90;

/** The days that are kept of a guide, the oldest first, at most 90. */
export const readDays = (ctx: Context, guide: string): Promise<DayRow[]> =>
  ctx.tx.query<DayRow>(
    `SELECT day::text AS day, done, steps FROM (
       SELECT * FROM playbook_day WHERE org_id = $1 AND guide = $2 ORDER BY day DESC LIMIT ${DAYS_SHOWN}) d ORDER BY day`,
    [ctx.orgId, guide],
  );

/** Keeps how many steps of a guide are done on this day; the day's last word stays. */
export async function keepDay(ctx: Context, guide: string, done: number, steps: number): Promise<void> {
  await ctx.tx.query(
    `INSERT INTO playbook_day AS d (org_id, guide, day, done, steps) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (org_id, guide, day) DO UPDATE SET done = excluded.done, steps = excluded.steps
      WHERE (d.done, d.steps) <> (excluded.done, excluded.steps)`,
    [ctx.orgId, guide, await todayOf(ctx), done, steps],
  );
}

/** The organisation's day now, `YYYY-MM-DD`. */
export async function todayOf(ctx: Context): Promise<string> {
  const { zone } = await readOrganisation(ctx);
  return localDay({ zone, weekStart: 1, fiscalYearStart: 1 }, ctx.now);
}

/** Writes what a person says of a step. */
export async function writeSaid(
  ctx: Context,
  guide: string,
  step: string,
  said: Omit<SaidRow, 'step' | 'ownerName' | 'saidBy' | 'saidAt'>,
): Promise<void> {
  await ctx.tx.query(
    `INSERT INTO playbook_step (org_id, guide, step, done, evidence, risk, owner_id, due_on, said_by, said_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (org_id, guide, step) DO UPDATE SET done = excluded.done, evidence = excluded.evidence, risk = excluded.risk,
       owner_id = excluded.owner_id, due_on = excluded.due_on, said_by = excluded.said_by, said_at = excluded.said_at`,
    [ctx.orgId, guide, step, said.done, said.evidence, said.risk, said.ownerId, said.dueOn, ctx.actor.id, toIso(ctx.now)],
  );
}
