import { toIso } from '@/lib/kernel/instant';
import type { Message, Sent } from './message';
import { postJson } from './post';

/** Where PagerDuty takes events, outside of Europe. */
export const PAGERDUTY = 'https://events.pagerduty.com/v2/enqueue';
const SUMMARY_MOST = 1_024;

/** What a notice is to a pager: the beginning of an incident, someone's having it, or its end. */
export function pagerAction(kind: string): 'trigger' | 'acknowledge' | 'resolve' {
  if (/\.acknowledged$/.test(kind)) return 'acknowledge';
  return /\.(closed|ended|lifted|resolved)$/.test(kind) ? 'resolve' : 'trigger';
}

/** An event of PagerDuty's Events API v2. Everything about one breach has its id as `dedup_key`, so that it is one incident there. */
export const pagerBody = (message: Message, routingKey: string): string =>
  JSON.stringify({
    routing_key: routingKey,
    event_action: pagerAction(message.kind),
    dedup_key: message.breachId ?? message.id,
    client: 'Hardstop',
    client_url: message.link,
    links: [{ href: message.link, text: 'Open in Hardstop' }],
    payload: {
      summary: message.title.slice(0, SUMMARY_MOST),
      source: message.organisation,
      severity: 'critical',
      timestamp: toIso(message.at),
      custom_details: { text: message.text, ...message.data },
    },
  });

const BAD_REQUEST = /^Answered 400/;

export async function sendPager(message: Message, to: { url: string; routingKey: string }): Promise<Sent> {
  const sent = await postJson(to.url, pagerBody(message, to.routingKey));
  // PagerDuty says of an event it cannot take that it never will.
  return !sent.ok && BAD_REQUEST.test(sent.detail) ? { ...sent, isFinal: true } : sent;
}
