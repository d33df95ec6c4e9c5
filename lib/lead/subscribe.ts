import { linkIdOf, signLink } from '@/lib/auth/signed-link';
import { type Tx, transaction } from '@/lib/db';
import { publicUrl } from '@/lib/env';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { days, type Instant, minus, minutes, toIso } from '@/lib/kernel/instant';
import { sendMail } from '@/lib/notice/send/email';
import type { SubscribeIn, TakenOut } from './schema';
import { type LeadSettings, wayOf } from './settings';
import { mailLink, notDelivered, post } from './take';

const query: Tx['query'] = (text, values, name) => transaction((tx) => tx.query(text, values, name));

const CONFIRM = 'confirm subscription';
const LEAVE = 'leave subscription';
/** A link that nobody followed for so long opens nothing. */
const CONFIRM_WITHIN = days(7);

/** An address that anybody can type in gets at most one mail in this time, whichever process is asked. */
const MAILS_APART = minutes(10);

const SUBJECT = 'Please send me the weekly AI operations templates';

/** Where one click ends a subscription, without a page and without signing in (RFC 8058). */
export const leaveUrl = (id: string): string =>
  `${publicUrl()}/api/v1/subscriptions/unsubscribe?token=${encodeURIComponent(signLink(LEAVE, id))}`;
/** The page on which a person ends it: following a link alone ends nothing, for programs follow links too. */
export const leavePage = (id: string): string => `${publicUrl()}/guides/templates/leave?token=${encodeURIComponent(signLink(LEAVE, id))}`;
const confirmUrl = (id: string): string => `${publicUrl()}/guides/templates/confirm?token=${encodeURIComponent(signLink(CONFIRM, id))}`;

/**
 * Asks for the weekly templates: by a mail whose link confirms; where we have no mailer, passed on or handed back. The answer is the
 * same whether an address was there before or not.
 * @throws Fault lead.not_delivered
 */
export async function subscribe({ email, website }: SubscribeIn, settings: LeadSettings, now: Instant): Promise<TakenOut> {
  const way = wayOf('subscribe', settings);
  const href = mailLink(settings.email, SUBJECT, `${SUBJECT}.\n\n${email}`);
  if (way === 'link') return { kind: 'link', href };
  // Whoever fills in what people do not see is a program: it hears what everybody hears.
  if (website) return { kind: way === 'post' ? 'sent' : 'confirm', href: null };
  if (way === 'post') {
    if (!(await post('lead.subscribe', { email }, settings, now)).ok) throw notDelivered(href);
    return { kind: 'sent', href: null };
  }
  const [row] = await query<{ id: string; state: string; isDue: boolean }>(
    `INSERT INTO subscriber AS s (id, email, state, asked_at, mailed_at) VALUES ($1, $2, 'asked', $3, $3)
     ON CONFLICT (email) WHERE email IS NOT NULL DO UPDATE SET
       asked_at = CASE WHEN s.state = 'asked' THEN excluded.asked_at ELSE s.asked_at END,
       mailed_at = CASE WHEN s.mailed_at > $4 THEN s.mailed_at ELSE excluded.mailed_at END
     RETURNING id, state, mailed_at = $3 AS "isDue"`,
    [makeId('sub', now), email, toIso(now), toIso(minus(now, MAILS_APART))],
  );
  if (!row) throw new Error('a subscriber was neither made nor found');
  if (!row.isDue) return { kind: 'confirm', href: null };
  // Whoever gets the templates already is told so by mail: the answer, and how long it takes, tell nobody.
  const isNew = row.state === 'asked';
  const subject = isNew ? 'Please confirm: weekly AI operations templates' : 'You get the weekly AI operations templates';
  const text = isNew
    ? [
        'Somebody, probably you, asked for the weekly AI operations templates at this address.',
        `Say yes: ${confirmUrl(row.id)}`,
        'Without it nothing is sent, and the address is forgotten after a week.',
      ]
    : [
        'Somebody, probably you, asked for the weekly AI operations templates again. They come already.',
        `No more of them: ${leavePage(row.id)}`,
      ];
  const sent = await sendMail({ id: makeId('evt', now), to: [email], subject, text: text.join('\n\n') }, settings.smtpUrl);
  if (!sent.ok) {
    await query('UPDATE subscriber SET mailed_at = NULL WHERE id = $1', [row.id]);
    throw notDelivered(href);
  }
  return { kind: 'confirm', href: null };
}

const noLink = () => new Fault('subscription.not_found', 'This link opens nothing any more. Ask for the templates again.');

/** The yes of a link. Twice is the same. @throws Fault subscription.not_found for a link that is not ours, is too old, or was left */
export async function confirm(token: string, now: Instant): Promise<{ state: 'active' }> {
  const id = linkIdOf(CONFIRM, token);
  const rows = await query(
    `UPDATE subscriber SET state = 'active', confirmed_at = coalesce(confirmed_at, $2)
      WHERE id = $1 AND (state = 'active' OR (state = 'asked' AND asked_at > $3)) RETURNING id`,
    [id ?? '', toIso(now), toIso(minus(now, CONFIRM_WITHIN))],
  );
  if (rows.length === 0) throw noLink();
  return { state: 'active' };
}

/** Ends a subscription and forgets its address. Twice is the same. @throws Fault subscription.not_found for a link that is not ours */
export async function leave(token: string, now: Instant): Promise<{ state: 'left' }> {
  const id = linkIdOf(LEAVE, token);
  const rows = await query(
    `UPDATE subscriber SET state = 'left', email = NULL, left_at = coalesce(left_at, $2) WHERE id = $1 RETURNING id`,
    [id ?? '', toIso(now)],
  );
  if (rows.length === 0) throw noLink();
  return { state: 'left' };
}

/** Forgets addresses that nobody confirmed in time. */
export async function forgetUnconfirmed(now: Instant): Promise<void> {
  await query(`DELETE FROM subscriber WHERE state = 'asked' AND asked_at <= $1`, [toIso(minus(now, CONFIRM_WITHIN))]);
}
