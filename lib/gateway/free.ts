import type { Caller } from '@/lib/context';
import { EgressFault } from '@/lib/egress/fault';
import { openOut } from '@/lib/egress/open';
import { Fault } from '@/lib/kernel/fault';
import { rememberedProvider } from '@/lib/provider/remembered';
import { payerOf, providerFor, wholeOf } from './call';
import { goingOut, keyFor, passedBack } from './headers';
import { hideKey } from './hide-key';
import { failure } from './refusal';
import { unpacked } from './unpack';
import type { Body, Endpoint } from './wire/endpoint';

const FREE_MS = 30_000;

type Asked = { wire: Endpoint['wire'] | null; path: string; body?: Body; request: Request };

/**
 * Passes on what costs nothing. @param asked with `wire` null where both wires have the address
 * @throws Fault provider.not_found · provider.other_wire · provider.no_key · right.missing
 */
export async function passThrough(caller: Caller, slug: string, { wire, path, body, request }: Asked): Promise<Response> {
  const { orgId, requestId } = payerOf(caller);
  const provider = wire === null ? await rememberedProvider(orgId, slug) : await providerFor(orgId, slug, wire);
  if (!provider) throw new Fault('provider.not_found', `There is no provider "${slug}" here. Settings › Providers lists those there are.`);
  const key = keyFor(provider, slug, request.headers);
  try {
    const upstream = await openOut({
      url: `${provider.baseUrl.replace(/\/$/, '')}/${path}`,
      method: body === undefined ? 'GET' : 'POST',
      headers: goingOut(provider.wire, key, request.headers),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(FREE_MS),
    });
    const hide = hideKey(provider.apiKey);
    const { bytes, isWhole } = await wholeOf(unpacked(upstream));
    if (!isWhole) return failure(provider.wire, 502, "The provider's answer was cut.", requestId);
    const headers = passedBack(upstream.headers, requestId, hide);
    return new Response(new Uint8Array(hide.inBytes(bytes)), { status: upstream.statusCode ?? 502, headers });
  } catch (error) {
    if (!(error instanceof EgressFault)) throw error;
    return failure(provider.wire, error.code === 'timeout' ? 504 : 502, `The provider did not answer: ${error.message}`, requestId);
  }
}
