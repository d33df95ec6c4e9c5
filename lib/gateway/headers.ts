import type { IncomingHttpHeaders } from 'node:http';
import { Fault } from '@/lib/kernel/fault';
import type { Provider } from '@/lib/provider/find';
import type { HideKey } from './hide-key';
import type { Endpoint } from './wire/endpoint';

const OWN_KEY = 'x-hardstop-provider-key';

/**
 * The provider's key of a call: the caller's own, for the provider it called and no other, or the one that is kept.
 * @throws Fault provider.no_key
 */
export function keyFor(provider: Provider, called: string, headers: Headers): string {
  const own = provider.slug === called ? headers.get(OWN_KEY) : null;
  const key = own ?? provider.apiKey;
  if (key) return key;
  throw new Fault(
    'provider.no_key',
    `No key is kept for the provider "${provider.slug}". Add one under Settings › Providers, or send ${OWN_KEY}.`,
  );
}

const SENT_ON = ['anthropic-version', 'anthropic-beta', 'openai-organization', 'openai-project', 'openai-beta', 'user-agent'];

/** The headers that go to a provider: its key, and of the caller's own those that the wire gives a meaning. Ours stay here. */
export function goingOut(wire: Endpoint['wire'], key: string, headers: Headers): Record<string, string> {
  const out: Record<string, string> = {
    'content-type': 'application/json',
    // Answers are read on the way: they come unpacked.
    'accept-encoding': 'identity',
    accept: headers.get('accept') ?? '*/*',
    ...(wire === 'openai' ? { authorization: `Bearer ${key}` } : { 'x-api-key': key }),
  };
  if (wire === 'anthropic') out['anthropic-version'] = '2023-06-01';
  for (const name of SENT_ON) {
    const value = headers.get(name);
    if (value !== null) out[name] = value;
  }
  return out;
}

const BACK = /^(content-type|retry-after|retry-after-ms|x-should-retry|request-id|openai-.+|x-ratelimit-.+|anthropic-.+)$/;

/**
 * The headers of a provider's answer that its clients look at; what is about the connection, or the provider's account, stays, and
 * so does its key.
 */
export function passedBack(headers: IncomingHttpHeaders, requestId: string, hide: HideKey): Record<string, string> {
  const back: Record<string, string> = { 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no', 'x-request-id': requestId };
  for (const [name, value] of Object.entries(headers))
    if (BACK.test(name) && !/organization|project/.test(name) && typeof value === 'string') back[name] = hide.in(value);
  return back;
}
