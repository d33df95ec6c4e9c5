import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { env } from '@/lib/env';
import { rangesOf } from './address';
import { EgressFault } from './fault';
import { type Address, addressesFor, outUrl, type Resolver } from './resolve';

/** A request of ours to somewhere else. */
export type OutRequest = {
  url: string;
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** From the start, name lookup included, to the last byte that is read. */
  timeoutMs: number;
  /** How much of the answer is read; the rest is cut off. */
  maxBytes: number;
};

/** What is handed in by tests instead of the system's own. */
export type OutOptions = { allow?: readonly string[]; resolver?: Resolver };

export type OutAnswer = { status: number; headers: IncomingMessage['headers']; text: string; ms: number };

const waitFor = <Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });

function connect(url: URL, found: Address[], asked: OutRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = (url.protocol === 'https:' ? https : http).request(url, {
    method: asked.method,
    headers: asked.headers ?? {},
    // A connection of its own: a kept one would be to an address checked for another request.
    agent: false,
    signal,
    lookup: (_, options, done) => {
      const [first] = found as [Address];
      if (options.all) done(null, found);
      else done(null, first.address, first.family);
    },
  });
  request.once('response', resolve).once('error', reject);
  request.end(asked.body);
  return promise;
}

async function read(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxBytes) break;
  }
  response.destroy();
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

/**
 * Sends one request out of the house: the only way there is. It reaches the open internet, and of private networks what
 * HARDSTOP_EGRESS_ALLOW names; redirects are answers like any other and are not followed.
 * @throws EgressFault for everything that ends without an answer
 */
export async function sendOut(asked: OutRequest, options: OutOptions = {}): Promise<OutAnswer> {
  const begun = performance.now();
  const signal = AbortSignal.timeout(asked.timeoutMs);
  const url = outUrl(asked.url);
  try {
    const allowed = rangesOf(options.allow ?? env().HARDSTOP_EGRESS_ALLOW);
    const found = await waitFor(addressesFor(url, allowed, options.resolver), signal);
    const response = await connect(url, found, asked, signal);
    const text = await read(response, asked.maxBytes);
    return { status: response.statusCode ?? 0, headers: response.headers, text, ms: Math.round(performance.now() - begun) };
  } catch (error) {
    if (error instanceof EgressFault) throw error;
    if (signal.aborted) throw new EgressFault('timeout', `No whole answer within ${asked.timeoutMs / 1_000} s.`, { cause: error });
    const { code } = error as { code?: string };
    throw new EgressFault('unreachable', `The connection failed${code === undefined ? '' : ` (${code})`}.`, { cause: error });
  }
}
