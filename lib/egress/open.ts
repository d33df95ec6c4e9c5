import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { env } from '@/lib/env';
import { rangesOf } from './address';
import { EgressFault } from './fault';
import { addressesFor, outUrl } from './resolve';

/** A request whose answer is read as it comes. */
export type OpenRequest = {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Ends the request and whatever is still to come of its answer. */
  signal: AbortSignal;
};

// Kept connections lead to an address that was checked when they were made, and are let go after seconds without use.
const KEPT = { keepAlive: true, maxFreeSockets: 64, timeout: 600_000 };
const agents = { 'http:': new http.Agent(KEPT), 'https:': new https.Agent(KEPT) };

/** The errors of a connection that was never made: what was asked did not leave the house. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

/** Whether it is certain that a request which failed so was never received. */
export const wasNeverSent = (fault: EgressFault): boolean =>
  fault.isRefusal || fault.code === 'name' || NEVER_SENT.has((fault.cause as { code?: string } | undefined)?.code ?? '');

/**
 * Sends one request out of the house and gives its answer as soon as the head is there; the body is the caller's to read or to
 * destroy. The same addresses are reached, and none else, as by `sendOut`; redirects are answers like any other.
 * @throws EgressFault for everything that ends without an answer's head
 */
export async function openOut(asked: OpenRequest): Promise<IncomingMessage> {
  const url = outUrl(asked.url);
  const found = await addressesFor(url, rangesOf(env().HARDSTOP_EGRESS_ALLOW));
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const isSecure = url.protocol === 'https:';
  const request = (isSecure ? https : http).request(url, {
    method: asked.method,
    headers: { ...asked.headers, ...(asked.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(asked.body)) }) },
    agent: agents[isSecure ? 'https:' : 'http:'],
    signal: asked.signal,
    lookup: (_, options, done) => {
      const [first] = found as [(typeof found)[number]];
      if (options.all) done(null, found);
      else done(null, first.address, first.family);
    },
  });
  request.once('response', resolve).once('error', reject);
  request.end(asked.body);
  try {
    return await promise;
  } catch (error) {
    if (asked.signal.aborted) throw new EgressFault('timeout', 'No answer in time.', { cause: error });
    const { code } = error as { code?: string };
    throw new EgressFault('unreachable', `The connection failed${code === undefined ? '' : ` (${code})`}.`, { cause: error });
  }
}
