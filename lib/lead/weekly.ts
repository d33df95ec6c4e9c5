import { type Tx, transaction } from '@/lib/db';
import { publicUrl } from '@/lib/env';
import { hours, type Instant, minus, minutes, plus, toIso } from '@/lib/kernel/instant';
import { sendMail } from '@/lib/notice/send/email';
import type { LeadSettings } from './settings';
import { forgetUnconfirmed, leavePage, leaveUrl } from './subscribe';
import { TEMPLATES } from './templates/all';

/** Half an hour less than a week: a job that comes every hour keeps to the day. */
const APART = minutes(7 * 24 * 60 - 30);
/** What the mail server did not take is tried again after so long. */
const AGAIN = hours(1);

const query: Tx['query'] = (text, values, name) => transaction((tx) => tx.query(text, values, name));

type Claimed = { id: string; email: string; sent: number };

/** Takes the next one whose week has come; two workers never take the same. */
async function claim(now: Instant): Promise<Claimed | undefined> {
  const [row] = await query<Claimed>(
    `UPDATE subscriber SET tried_at = $1 WHERE id = (
       SELECT id FROM subscriber WHERE state = 'active' AND sent < $2 AND (tried_at IS NULL OR tried_at <= $3)
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, email, sent`,
    [toIso(now), TEMPLATES.length, toIso(minus(now, APART))],
  );
  return row;
}

/**
 * Sends each subscriber the next template, one a week. It counts once the mail server has taken it: one that failed comes again an
 * hour later, one whose process was killed the week after. One that is refused for good would be refused again: the next one follows it
 * in a week, so that an address which is no more is left alone after twelve. @returns how many were sent
 */
export async function sendTemplates(settings: LeadSettings, now: Instant): Promise<number> {
  await forgetUnconfirmed(now);
  if (settings.smtpUrl === undefined) return 0;
  let done = 0;
  for (let one = await claim(now); one; one = await claim(now)) {
    const template = TEMPLATES[one.sent];
    if (!template) continue;
    const leave = leaveUrl(one.id);
    const text = [
      template.when,
      template.body,
      `All templates: ${publicUrl()}/guides/templates`,
      `No more of these: ${leavePage(one.id)}`,
    ].join('\n\n');
    const headers = { 'List-Unsubscribe': `<${leave}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
    const mail = {
      id: `${one.id}.${one.sent + 1}`,
      to: [one.email],
      subject: `Template ${one.sent + 1} of ${TEMPLATES.length}: ${template.title}`,
      text,
      headers,
    };
    const outcome = await sendMail(mail, settings.smtpUrl);
    if (!outcome.ok && !outcome.isFinal) {
      await query('UPDATE subscriber SET tried_at = $2 WHERE id = $1', [one.id, toIso(plus(minus(now, APART), AGAIN))]);
      continue;
    }
    await query('UPDATE subscriber SET sent = sent + 1 WHERE id = $1 AND sent = $2', [one.id, one.sent]);
    if (outcome.ok) done++;
  }
  return done;
}
