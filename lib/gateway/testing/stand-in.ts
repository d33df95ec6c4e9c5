import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

/** What the stand-in received: the address behind its base URL, the headers, and the body as sent. */
export type Received = { path: string; headers: IncomingMessage['headers']; body: Record<string, unknown> };
type Answer = (received: Received, response: ServerResponse) => void | Promise<void>;

/** A provider of our own that speaks the real wires: it answers what a test tells it to, and keeps what it received. */
export type StandIn = { baseUrl(): string; received: Received[]; answers(answer: Answer): void };

async function receivedBy(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return { path: request.url ?? '', headers: request.headers, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

/** Stands in for a provider while a test file runs. Call it once, at the top. */
export function standIn(): StandIn {
  process.env.HARDSTOP_EGRESS_ALLOW = '127.0.0.0/8';
  const received: Received[] = [];
  let answer: Answer = (_, response) => void response.writeHead(500).end();
  const server = http.createServer(async (request, response) => {
    const got = await receivedBy(request);
    received.push(got);
    await answer(got, response);
  });
  beforeAll(() => new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    baseUrl: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    answers(next) {
      received.length = 0;
      answer = next;
    },
  };
}

/** An answer in one piece. */
export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** Events, one write each. @param cutAfter the connection is cut after so many */
export const events =
  (list: string[], cutAfter = Number.POSITIVE_INFINITY): Answer =>
  async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    for (const [at, event] of list.entries()) {
      if (at >= cutAfter) return void response.destroy();
      if (response.destroyed) return;
      response.write(event);
      await new Promise((next) => setImmediate(next));
    }
    if (list.length <= cutAfter && cutAfter !== Number.POSITIVE_INFINITY) response.destroy();
    else response.end();
  };
