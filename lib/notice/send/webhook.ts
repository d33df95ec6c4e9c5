import { createHmac, randomBytes } from 'node:crypto';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { Message, Sent } from './message';
import { postJson } from './post';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A signing secret as Standard Webhooks writes one. */
export const makeWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** The signature of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, with a version before it (https://www.standardwebhooks.com). */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** What goes over the wire: the type, when it happened, and the notice. */
export const webhookBody = ({ id, kind, at, organisation, title, text, link, breachId, data }: Message): string =>
  JSON.stringify({ type: kind, timestamp: toIso(at), data: { noticeId: id, organisation, title, text, link, breachId, ...data } });

/**
 * Sends a notice to an endpoint of the organisation's own, signed as Standard Webhooks says: `webhook-id` stays the same at every
 * attempt, the timestamp is the attempt's.
 * @param secrets the newest first; several while one takes over from another
 */
export async function sendWebhook(message: Message, to: { url: string; secrets: string[] }, now: Instant): Promise<Sent> {
  const body = webhookBody(message);
  const timestamp = Math.floor(now / 1_000_000);
  return postJson(to.url, body, {
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': to.secrets.map((secret) => signatureOf(secret, message.id, timestamp, body)).join(' '),
  });
}
