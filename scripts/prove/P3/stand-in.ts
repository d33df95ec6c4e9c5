import { once } from 'node:events';
import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type Answer, type Kind, kinds, type Telling, type Used } from './kinds';

/** What the provider knows of one call, whatever anybody was told: how often it was asked, what it bills in nano-dollars, and what happened. */
export type Truth = { asked: number; billed: bigint; isReported: boolean; fate: string };
/** A provider of its own books. */
export type StandIn = { baseUrl: string; truth: Map<string, Truth>; close(): Promise<void> };

const upTo = (most: number): number => Math.floor(Math.random() * (most + 1));
const oneOf = <Item>(items: readonly Item[]): Item => items[upTo(items.length - 1)] as Item;

const TELLINGS: readonly Telling[] = ['true', 'true', 'true', 'zero', 'none', 'impossible', 'growing'];
const FATES = ['whole', 'cut', 'hang', 'error', 'reset', 'refuse', 'packed', 'garbled'] as const;
type Fate = (typeof FATES)[number];
/** In a hundred calls; the rest comes whole. A call that hangs holds its caller up, so there are few. */
const SHARES: readonly (readonly [Fate, number])[] = [
  ...([
    ['cut', 20],
    ['hang', 2],
    ['error', 4],
    ['reset', 3],
    ['refuse', 4],
    ['packed', 4],
    ['garbled', 2],
  ] as const),
];

function fateOf(): Fate {
  let luck = Math.random() * 100;
  for (const [fate, share] of SHARES) {
    luck -= share;
    if (luck < 0) return fate;
  }
  return 'whole';
}

const costOf = ({ prices }: Kind, used: Used): bigint =>
  (['input', 'cached', 'written', 'output'] as const).reduce((sum, unit) => sum + BigInt(used[unit]) * BigInt(prices[unit]), 0n);

/** Writes text cut anywhere, also inside a letter and an event; now and then it takes its time, so that whoever is killed is killed in the middle. */
async function writeCut(response: ServerResponse, bytes: Buffer): Promise<void> {
  const isSlow = Math.random() < 0.15;
  for (let at = 0; at < bytes.length && !response.destroyed; ) {
    const next = Math.min(bytes.length, at + 1 + upTo(isSlow ? 120 : 600));
    response.write(bytes.subarray(at, next));
    at = next;
    if (isSlow) await pause(1 + upTo(8));
    else await new Promise(setImmediate);
  }
}

type Asked = { kind: Kind; body: Record<string, unknown>; size: number };

/** The answer to a call that goes well, as its provider would bill it. */
function answerTo({ kind, body, size }: Asked): Answer {
  const telling = oneOf(TELLINGS);
  // A letter may be a token of its own: whoever counts an answer that reports nothing must count no less.
  const words = Array.from({ length: 1 + upTo(6) }, () => oneOf(['a', 'ü', ' be', '"', '\n', 'Zeit ']));
  const letters = Math.min(Buffer.byteLength(words.join('')), kind.limitOf(body));
  const written = kind.prices.written > 0 && telling !== 'none' && telling !== 'impossible' ? upTo(50) : 0;
  const isOwn = telling !== 'none' && telling !== 'impossible';
  const used = { input: upTo(size), cached: isOwn ? upTo(300) : 0, written, output: isOwn ? upTo(kind.limitOf(body)) : letters };
  // A provider that gives two answers one id.
  const id = Math.random() < 0.01 ? `twice-${upTo(20)}` : `answer-${Math.random().toString(36).slice(2)}`;
  return { id, model: kind.prices.output === 10_000 ? oneOf(['gpt-4o', 'gpt-4o-2024-08-06']) : String(body.model), used, telling, words };
}

async function answer(asked: Asked, response: ServerResponse, told: Truth): Promise<void> {
  const { kind, body, size } = asked;
  const fate = fateOf();
  const made = answerTo(asked);
  const isStream = body.stream === true;
  const streamed = isStream ? kind.events(made) : { list: [JSON.stringify(kind.whole(made))], settles: 0 };
  let bytes = Buffer.from(streamed.list.join(''));
  const billed = costOf(kind, made.telling === 'zero' ? { input: 0, cached: 0, written: 0, output: 0 } : made.used);
  // Of what is not answered to its end nobody knows what was written: up to all that the request allows.
  const worst = costOf(kind, { input: upTo(size), cached: 0, written: 0, output: kind.limitOf(body) - upTo(5) * upTo(1) });
  const ofWorst = worst < 0n ? 0n : worst;
  const isReported = made.telling !== 'none' && made.telling !== 'impossible';
  Object.assign(told, { fate: `${fate}, ${made.telling}`, billed, isReported: isReported && (fate === 'whole' || fate === 'packed') });
  if (fate === 'refuse') {
    told.billed = 0n;
    const said = { error: { message: 'A long explanation. '.repeat(20) }, usage: kind.usage(made.used, 'true') };
    return void response.writeHead(oneOf([400, 401, 429, 500, 503]), { 'content-type': 'application/json' }).end(JSON.stringify(said));
  }
  if (fate === 'reset') {
    told.billed = ofWorst;
    return void response.destroy();
  }
  if (fate === 'garbled' && !isStream) {
    told.billed = costOf(kind, { input: upTo(size), cached: 0, written: 0, output: kind.limitOf(body) && 6 });
    return void response.writeHead(200, { 'content-type': 'application/json' }).end('<html>');
  }
  const type = isStream ? 'text/event-stream' : 'application/json';
  if (fate === 'packed') {
    bytes = gzipSync(bytes);
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' });
    await writeCut(response, bytes);
    return void response.end();
  }
  const isEnded = fate === 'whole' || fate === 'garbled' || (fate === 'error' && !isStream);
  const at = isEnded ? bytes.length : upTo(bytes.length - 1);
  const settled = Buffer.byteLength(streamed.list.slice(0, streamed.settles + 1).join('')) - (isStream ? 2 : 0);
  if (at < settled) told.billed = ofWorst;
  if (fate === 'hang' && Math.random() < 0.3) {
    told.billed = ofWorst;
    return;
  }
  response.writeHead(200, { 'content-type': type }).flushHeaders();
  await writeCut(response, bytes.subarray(0, at));
  if (fate === 'hang') return;
  if (fate === 'cut') return void response.destroy();
  if (fate === 'error' && isStream) response.write(`\n\nevent: error\ndata: {"error":{"message":"overloaded"},"type":"error"}\n\n`);
  response.end();
}

/** Starts the provider: it answers every paid address of both wires, and mostly badly. */
export async function standIn(): Promise<StandIn> {
  const truth = new Map<string, Truth>();
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    response.on('error', () => undefined);
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    } catch {
      return; // Its caller was killed before it had asked.
    }
    const kind = kinds.find(({ path }) => path === request.url);
    if (!kind) return void response.writeHead(404).end();
    const text = Buffer.concat(chunks);
    const body = JSON.parse(text.toString()) as Record<string, unknown>;
    const id = kind.idOf(body);
    const told: Truth = truth.get(id) ?? { asked: 0, billed: 0n, isReported: false, fate: '' };
    told.asked++;
    truth.set(id, told);
    await answer({ kind, body, size: text.length }, response, told);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    truth,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
