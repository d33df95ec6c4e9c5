import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as the receiver saw it. */
export type Got = { path: string; headers: Record<string, string>; body: string };

/** What a receiver does with a request: answers a status (with headers), or cuts the connection. */
export type Behaviour = (got: Got, nth: number) => number | { status: number; headers: Record<string, string> } | 'cut';

export type Receiver = { url: string; got: Got[]; behave(as: Behaviour): void };

/** A receiver on this machine that answers 200 until told otherwise; it ends with the test. */
export async function aReceiver(first: Behaviour = () => 200): Promise<Receiver> {
  const got: Got[] = [];
  let behaviour = first;
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const seen = { path: request.url ?? '', headers: request.headers as Record<string, string>, body };
    got.push(seen);
    const answer = behaviour(seen, got.length);
    if (answer === 'cut') return response.destroy();
    const { status, headers } = typeof answer === 'number' ? { status: answer, headers: {} } : answer;
    response.writeHead(status, headers).end(status < 300 ? 'ok' : 'no');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    got,
    behave(as) {
      behaviour = as;
    },
  };
}
