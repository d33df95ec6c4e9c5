import type { Caller } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { keyActor } from './key';
import { KEY_PREFIX } from './secrets';
import { signedIn } from './session';

/** Who asks, and how they said so: by a key in a header, or by a cookie (whose writes need an `Origin` of ours). */
export type Recognised = Caller & { by: 'key' | 'cookie' };

const BEARER = /^Bearer +(\S+)$/i;

/** The key in `Authorization: Bearer` or, for clients that cannot set that, in `X-API-Key`; null when there is neither. */
function presentedKey(headers: Headers): string | null {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const match = BEARER.exec(authorization);
    if (!match?.[1]) throw new Fault('credentials.malformed', 'Send the key as "Authorization: Bearer hs_live_…".');
    return match[1];
  }
  return headers.get('x-api-key');
}

/**
 * Who a request is from. A key goes before a cookie; a wrong one is refused whatever the cookie says.
 * @param isHot lets a key be known from up to a second ago (see `keyActor`)
 * @throws Fault credentials.missing · credentials.malformed · credentials.invalid · key.not_live
 */
export async function callerOf(request: Request, requestId: string, isHot = false): Promise<Recognised> {
  const key = presentedKey(request.headers);
  if (key !== null) {
    if (!key.startsWith(KEY_PREFIX)) throw new Fault('credentials.invalid', 'This is no key of ours: they begin with hs_live_.');
    const { actor, orgId } = await keyActor(key, isHot);
    return { actor, orgId, requestId, by: 'key' };
  }
  const session = await signedIn(request.headers.get('cookie'));
  if (session === null) throw new Fault('credentials.missing', 'Sign in, or send an API key as "Authorization: Bearer hs_live_…".');
  return { actor: session.actor, orgId: session.orgId, requestId, by: 'cookie' };
}
