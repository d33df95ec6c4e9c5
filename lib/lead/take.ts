import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import type { Instant } from '@/lib/kernel/instant';
import { sendMail } from '@/lib/notice/send/email';
import type { Sent } from '@/lib/notice/send/message';
import { postJson } from '@/lib/notice/send/post';
import { signatureOf } from '@/lib/notice/send/webhook';
import type { HelpIn, TakenOut } from './schema';
import { type LeadSettings, wayOf } from './settings';

const ATTEMPTS = 3;
const FIRST_WAIT_MS = 250;

/** Posts a form, signed as Standard Webhooks: the same id at every attempt, so that a receiver takes it once. */
export async function post(type: string, data: object, { endpoint = '', secret = '' }: LeadSettings, now: Instant): Promise<Sent> {
  const id = makeId('evt', now);
  const body = JSON.stringify({ type, timestamp: new Date(now / 1_000).toISOString(), data });
  const timestamp = Math.floor(now / 1_000_000);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf(secret, id, timestamp, body),
  };
  for (let attempt = 1; ; attempt++) {
    const sent = await postJson(endpoint, body, headers);
    if (sent.ok || sent.isFinal || sent.isGone || attempt === ATTEMPTS) return sent;
    await new Promise((done) => setTimeout(done, FIRST_WAIT_MS * 2 ** (attempt - 1)));
  }
}

const TOPICS = { help: 'A question about AI budgets', audit: 'Please audit our AI implementation' } as const;

/** The words of a form, as a person would write them. */
const wordsOf = ({ name, email, company, message, page }: HelpIn): string =>
  [message, '', `${name} <${email}>`, ...(company === undefined ? [] : [company]), ...(page === undefined ? [] : [`From ${page}`])].join(
    '\n',
  );

/** A mail with everything filled in, for the asker's own mail program. */
export const mailLink = (to: string | undefined, subject: string, body: string): string =>
  `mailto:${encodeURIComponent(to ?? '').replaceAll('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;

/**
 * Takes a request for help: posts it, mails it, or hands back a mail to be sent by hand. Nothing of it is kept here.
 * @throws Fault lead.not_delivered, with the mail as the way out
 */
export async function takeHelp(asked: HelpIn, settings: LeadSettings, now: Instant): Promise<TakenOut> {
  const { website: _, ...form } = asked;
  const way = wayOf('help', settings);
  const subject = TOPICS[form.topic];
  const href = mailLink(settings.email, subject, wordsOf(asked));
  if (way === 'link') return { kind: 'link', href };
  // Whoever fills in what people do not see is a program: it hears what everybody hears.
  if (asked.website) return { kind: way === 'post' ? 'sent' : 'mailed', href: null };
  const sent =
    way === 'post'
      ? await post('lead.help', form, settings, now)
      : await sendMail(
          {
            id: makeId('evt', now),
            to: [settings.email ?? ''],
            subject: `${subject}: ${form.name}`,
            text: wordsOf(asked),
            replyTo: form.email,
          },
          settings.smtpUrl,
        );
  if (!sent.ok) throw notDelivered(href);
  return { kind: way === 'post' ? 'sent' : 'mailed', href: null };
}

/** It could not be passed on, and nothing of it is kept: the asker has the words, and a mail to send them with. */
export const notDelivered = (href: string): Fault =>
  new Fault('lead.not_delivered', `It could not be passed on just now. Send it by mail: ${href}`);
