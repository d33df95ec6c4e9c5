import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Caller } from '@/lib/context';
import { EgressFault } from '@/lib/egress/fault';
import { openOut, wasNeverSent } from '@/lib/egress/open';
import { Fault } from '@/lib/kernel/fault';
import type { Provider } from '@/lib/provider/find';
import { rememberedProvider } from '@/lib/provider/remembered';
import type { Allow } from '@/lib/spend/schema';
import { GATEWAY_KEYS } from '@/lib/workload/through-gateway';
import { settlingOf } from './account';
import { goingOut, keyFor, passedBack } from './headers';
import { hideKey } from './hide-key';
import { ask, type Payer, release, settle } from './hold';
import { whenKeyEnds } from './key-ends';
import { cutShort, failure, refusal } from './refusal';
import { relay } from './relay';
import { inputBy } from './tokens/input';
import { unpacked } from './unpack';
import { type Said, whatFor } from './what-for';
import type { Body, Endpoint } from './wire/endpoint';
import { jsonOf } from './wire/parts';

/** A call ends before its hold does: what outlives it is presumed. */
const HOLD_SECONDS = 600;
const CALL_MS = 590_000;
/** A budget that is only busy is waited for here; a client would ask again much later. */
const BUSY_WAIT_MS = 2_000;
const ANSWER_AT_MOST = 64 * 1_048_576;

/** The provider of an address. @throws Fault provider.not_found · provider.other_wire */
export async function providerFor(orgId: string, slug: string, wire: Endpoint['wire']): Promise<Provider> {
  const provider = await rememberedProvider(orgId, slug);
  if (!provider) throw new Fault('provider.not_found', `There is no provider "${slug}" here. Settings › Providers lists those there are.`);
  if (provider.wire !== wire)
    throw new Fault('provider.other_wire', `The provider "${slug}" speaks ${provider.wire}'s wire, which has no such address.`);
  return provider;
}

/** Whose money it is. @throws Fault right.missing for a person: the gateway is for programs */
export function payerOf({ actor, orgId, requestId }: Caller): Payer {
  if (actor.kind !== 'api_key') throw new Fault('right.missing', 'The gateway is for programs: call it with an API key.');
  return { orgId, keyId: actor.id, pins: actor.pins, requestId };
}

type Sent = { endpoint: Endpoint; body: Body; request: Request };
type Going = Sent & { payer: Payer; allowed: Allow; provider: Provider };

/**
 * One paid call: bounded, asked for, sent with the limit that was allowed, passed back as it comes, settled from what it reports.
 * One upstream request, one hold. The client sees the provider's own answer, or a refusal that its wire's clients understand.
 * @throws Fault provider.not_found · provider.other_wire · provider.no_key · workload.unnamed · body.invalid · what asking throws
 */
export async function callThrough(caller: Caller, slug: string, sent: Sent): Promise<Response> {
  const payer = payerOf(caller);
  const { endpoint, body, request } = sent;
  const provider = await providerFor(payer.orgId, slug, endpoint.wire);
  const said = whatFor(payer.pins, request.headers);
  keyFor(provider, slug, request.headers);
  const bound = endpoint.bound(body);
  if (bound.kind === 'malformed')
    throw new Fault('body.invalid', bound.detail, { errors: [{ pointer: bound.pointer, code: 'body.invalid', detail: bound.detail }] });
  if (bound.kind === 'unbounded') return refusal(endpoint.wire, { reason: 'unbounded', detail: bound.detail }, payer.requestId);
  const inputFor = await inputBy(bound, provider);
  const maxUnits = { ...bound.maxUnits, input: inputFor(provider.slug, bound.model) };
  const answer = await ask(payer, { ...said, ...asking(slug, said, { model: bound.model, maxUnits }) }, inputFor);
  if (answer.decision === 'deny') return refusal(endpoint.wire, answer, payer.requestId);
  return routed({ ...sent, payer, allowed: answer, provider }, slug);
}

const asking = (provider: string, said: Said, { model, maxUnits }: { model: string; maxUnits: { input: number; output: number } }) => ({
  provider,
  model,
  maxUnits,
  ...(said.minOutput === undefined ? {} : { minOutput: Math.min(said.minOutput, maxUnits.output) }),
  ttlSeconds: HOLD_SECONDS,
  maxWaitMs: BUSY_WAIT_MS,
  idempotencyKey: `${GATEWAY_KEYS}${randomUUID()}`,
});

/** To the provider that a route may have put in the place of the one called. A route that cannot be gone gives its hold back. */
async function routed(going: Going, slug: string): Promise<Response> {
  const { allowed, payer, endpoint, request } = going;
  try {
    const provider = allowed.provider === slug ? going.provider : await providerFor(payer.orgId, allowed.provider, endpoint.wire);
    return await send({ ...going, provider }, keyFor(provider, slug, request.headers));
  } catch (error) {
    if (error instanceof Fault) await release(payer, allowed);
    throw error;
  }
}

async function send(going: Going, key: string): Promise<Response> {
  const { endpoint, body, payer, allowed, provider, request } = going;
  const begun = performance.now();
  const up = endpoint.upstream(body, allowed.model, Number(allowed.maxUnits.output));
  let upstream: IncomingMessage;
  try {
    upstream = await openOut({
      url: `${provider.baseUrl.replace(/\/$/, '')}/${endpoint.path}`,
      method: 'POST',
      headers: goingOut(endpoint.wire, key, request.headers),
      body: JSON.stringify(up),
      signal: AbortSignal.timeout(CALL_MS),
    });
  } catch (error) {
    if (!(error instanceof EgressFault)) throw error;
    // What may have been received may be billed: its hold stays until it is presumed.
    if (wasNeverSent(error)) await release(payer, allowed);
    return failure(endpoint.wire, error.code === 'timeout' ? 504 : 502, `The provider did not answer: ${error.message}`, payer.requestId);
  }
  return answered(going, upstream, begun);
}

async function answered({ endpoint, body, payer, allowed, provider }: Going, upstream: IncomingMessage, begun: number): Promise<Response> {
  const status = upstream.statusCode ?? 502;
  const hide = hideKey(provider.apiKey);
  const headers = passedBack(upstream.headers, payer.requestId, hide);
  const isGood = status >= 200 && status < 300;
  if (isGood && (upstream.headers['content-type'] ?? '').startsWith('text/event-stream')) {
    const meter = endpoint.meter(body);
    const ended = async (isCut: boolean) => {
      const went = {
        reading: meter.reading(),
        isWhole: meter.isWhole(),
        textBytes: meter.textBytes(),
        latencyMs: performance.now() - begun,
      };
      // The hold of a key that has ended is presumed already: only what the provider reports of a whole answer is better.
      if (!isCut || (went.isWhole && went.reading.units !== null)) await settle(payer, allowed, settlingOf(allowed, went));
    };
    const watch = (cut: (last: string) => void) => whenKeyEnds(payer, (why) => cut(cutShort(endpoint.wire, why, payer.requestId)));
    return new Response(relay(unpacked(upstream), meter, { ended, hide: hide.in, watch }), { status, headers });
  }
  const came = await wholeOf(unpacked(upstream));
  const whole = { ...came, bytes: hide.inBytes(came.bytes) };
  // An error of the provider's is no output, and no provider bills one.
  if (!isGood) await release(payer, allowed);
  else {
    const reading = endpoint.read(jsonOf(whole.bytes.toString('utf8')));
    const went = { reading, isWhole: whole.isWhole, textBytes: whole.bytes.byteLength, latencyMs: performance.now() - begun };
    await settle(payer, allowed, settlingOf(allowed, went));
  }
  if (!whole.isWhole) return failure(endpoint.wire, 502, "The provider's answer was cut.", payer.requestId);
  return new Response(new Uint8Array(whole.bytes), { status, headers });
}

/** All of an answer, or as much of it as came. */
export async function wholeOf(upstream: Readable): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of upstream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > ANSWER_AT_MOST) throw new Error('the answer is larger than any answer is');
    }
    return { bytes: Buffer.concat(chunks), isWhole: true };
  } catch {
    upstream.destroy();
    return { bytes: Buffer.concat(chunks), isWhole: false };
  }
}
