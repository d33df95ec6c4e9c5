import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { days, plus, toIso } from '@/lib/kernel/instant';
import { localDay } from '@/lib/kernel/period';
import { writeNotices } from '@/lib/notice/write';
import { readOrganisation } from '@/lib/org/reads';
import { readFacts } from './facts';
import { GUIDES } from './guides/all';
import { requireGuide } from './read';
import { todayOf } from './rows';
import type { PlaybookOut } from './schema';
import { keepAndRead, keepReadiness } from './tick';

/** Says that a guide was gone through; it is due again after its time. @throws Fault playbook.not_found */
export async function reviewPlaybook(ctx: Context, slug: string): Promise<PlaybookOut> {
  const { reviewEveryDays } = requireGuide(slug);
  const { zone } = await readOrganisation(ctx);
  const dueOn = localDay({ zone, weekStart: 1, fiscalYearStart: 1 }, plus(ctx.now, days(reviewEveryDays)));
  await ctx.tx.query(
    `INSERT INTO playbook_review (org_id, guide, reviewed_by, reviewed_at, due_on) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (org_id, guide) DO UPDATE SET reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at, due_on = excluded.due_on,
       reminded_at = NULL`,
    [ctx.orgId, slug, ctx.actor.id, toIso(ctx.now), dueOn],
  );
  await audit(ctx, 'playbook.reviewed', { kind: 'playbook', id: slug }, null, { dueOn });
  return keepAndRead(ctx, slug);
}

/**
 * Keeps the day's readiness of every guide, and reminds whoever reviewed one last, once, when it is due again; the admins where they
 * have left. @returns how many were reminded
 */
export async function keepPlaybooks(ctx: Context): Promise<number> {
  const facts = await readFacts(ctx);
  for (const { slug } of GUIDES) await keepReadiness(ctx, slug, facts);
  const due = await ctx.tx.query<{ guide: string; dueOn: string; memberIds: string[] }>(
    `UPDATE playbook_review r SET reminded_at = $3 WHERE r.org_id = $1 AND r.due_on <= $2 AND r.reminded_at IS NULL
     RETURNING r.guide, r.due_on::text AS "dueOn", (SELECT array_agg(m.id ORDER BY m.id) FROM member m
       WHERE m.org_id = r.org_id AND m.ended_at IS NULL AND m.joined_at IS NOT NULL
         AND (m.id = r.reviewed_by OR (m.role = 'admin' AND NOT EXISTS (SELECT FROM member g
               WHERE g.org_id = r.org_id AND g.id = r.reviewed_by AND g.ended_at IS NULL)))) AS "memberIds"`,
    [ctx.orgId, await todayOf(ctx), toIso(ctx.now)],
  );
  const notices = due.flatMap(({ guide, dueOn, memberIds }) => {
    const { title } = requireGuide(guide);
    return (memberIds ?? []).map((member) => ({
      ...{ key: `playbook.due/${guide}/${dueOn}/${member}`, kind: 'playbook.due', target: { member } },
      ...{ title: `${title}: time to go through it again`, link: `/playbooks/${guide}` },
      text: `It was due on ${dueOn}. Steps that the product can see are ticked by themselves; the others wait for you.`,
    }));
  });
  if (notices.length > 0) await writeNotices(ctx, notices);
  return notices.length;
}
