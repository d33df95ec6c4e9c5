import { lockAway, takeOut } from '@/lib/auth/vault';
import type { Instant } from '@/lib/kernel/instant';
import { PAGERDUTY } from '../send/pagerduty';
import { makeWebhookSecret } from '../send/webhook';
import type { ChannelIn } from './schema';

/** What opens a channel, as it is kept: sealed, and bound to its row. `previous` signs too, until a receiver knows the new secret. */
export type Opened =
  | { kind: 'email'; addresses: string[] }
  | { kind: 'webhook'; url: string; secret: string; previous?: { secret: string; until: Instant } }
  | { kind: 'slack' | 'teams'; url: string }
  | { kind: 'pagerduty'; url: string; routingKey: string };

/** What a sealed channel is bound to. */
export const placeOfChannel = (orgId: string, id: string): string => `channel ${orgId} ${id}`;

export const sealChannel = (opened: Opened, orgId: string, id: string): string =>
  lockAway(JSON.stringify(opened), placeOfChannel(orgId, id));
export const openChannel = (sealed: string, orgId: string, id: string): Opened =>
  JSON.parse(takeOut(sealed, placeOfChannel(orgId, id))) as Opened;

/** What came in as what is kept: a webhook has a secret from the start. */
export function openedOf(input: ChannelIn): Opened {
  switch (input.kind) {
    case 'email':
      return { kind: 'email', addresses: input.config.addresses };
    case 'webhook':
      return { kind: 'webhook', url: input.config.url, secret: input.config.secret ?? makeWebhookSecret() };
    case 'pagerduty':
      return { kind: 'pagerduty', url: input.config.url ?? PAGERDUTY, routingKey: input.config.routingKey };
    default:
      return { kind: input.kind, url: input.config.url };
  }
}

/** Where it leads, without what would open it: an address of a chat is a secret from its path on, a webhook's from its query on. */
export function leadsTo(opened: Opened): string {
  if (opened.kind === 'email') return opened.addresses.join(', ');
  const { host, origin, pathname } = new URL(opened.url);
  if (opened.kind === 'webhook') return `${origin}${pathname === '/' ? '' : pathname}`;
  return opened.kind === 'pagerduty' ? `${host}, key …${opened.routingKey.slice(-4)}` : host;
}
