import { announce, toldOf } from '@/lib/breach/announce';
import type { Context } from '@/lib/context';
import { days, hours, type Instant, plus } from '@/lib/kernel/instant';
import { admins, membersWith } from '@/lib/notice/targets';
import { type NewNotice, writeNotices } from '@/lib/notice/write';
import type { PlanRow } from '../plan';
import { addStep } from '../step';
import { dayRows, latestOf } from './rows';

/** A day is signed off by the afternoon of the next one. */
const DUE_AFTER = hours(16);
const REMINDERS_AT_MOST = 7;

/**
 * Chases days that nobody has signed off, once a day each; and takes a recovery up when two days in a row are inconclusive, or its
 * deadline has passed. Each is written once, whichever worker comes first. @returns how many notices and escalations were new
 */
export async function chase(ctx: Context, plan: PlanRow, ownerId: string | null): Promise<number> {
  const entries = latestOf(await dayRows(ctx, plan.id));
  const signed = await ctx.tx.query<{ date: string }>(
    `SELECT date FROM recovery_note WHERE org_id = $1 AND plan_id = $2 AND kind = 'sign_off'`,
    [ctx.orgId, plan.id],
  );
  const unsigned = entries.filter((day) => !signed.some((each) => each.date === day.date));
  const to = [...new Set([...(ownerId === null ? [] : [ownerId]), ...(await membersWith(ctx, 'escalation_owner')).map((each) => each.id)])];
  const notices = unsigned.flatMap((day) =>
    remindersOf(ctx.now, day).flatMap((n) => to.map((member) => reminder(plan, day.date, n, member))),
  );
  const written = await writeNotices(ctx, notices);
  let escalated = 0;
  const [before, last] = entries.slice(-2);
  if (before?.verdict === 'inconclusive' && last?.verdict === 'inconclusive')
    escalated += await escalate(
      ctx,
      plan,
      `inconclusive ${last.date}`,
      'Two days in a row are inconclusive: data is missing, so nobody knows.',
    );
  if (plan.deadlineAt <= ctx.now)
    escalated += await escalate(ctx, plan, `deadline ${plan.deadlineAt}`, 'The recovery has passed its deadline.');
  return written.length + escalated;
}

/** The number of the reminder that is due now, if any. */
function remindersOf(now: Instant, day: { endsAt: Instant }): number[] {
  const due = plus(day.endsAt, DUE_AFTER);
  const n = Math.floor((now - due) / days(1));
  return now < due || n >= REMINDERS_AT_MOST ? [] : [n];
}

const reminder = (plan: PlanRow, date: string, n: number, member: string): NewNotice => ({
  ...{ key: `${plan.id}/unsigned/${date}/${n}/${member}`, kind: 'recovery.unsigned', target: { member }, breachId: plan.breachId },
  title: `${date} is not signed off`,
  text: 'A day of the recovery waits for a person to look at it, add a note and sign it off.',
  link: `/breaches/${plan.breachId}`,
  data: { planId: plan.id, date },
});

async function escalate(ctx: Context, plan: PlanRow, subject: string, why: string): Promise<number> {
  const isNew = await addStep(ctx, plan.id, {
    kind: 'escalate',
    percent: plan.percent,
    targetNano: plan.target,
    why,
    byRule: true,
    subject,
  });
  if (!isNew) return 0;
  const to = [...(await toldOf(ctx, plan.breachId)), ...(await admins(ctx)).map((each) => ({ member: each.id }))];
  await announce(ctx, plan.breachId, to, {
    kind: 'breach.climbed',
    part: `recovery/${subject}`,
    title: why,
    text: 'Somebody has to look at this recovery.',
  });
  return 1;
}
