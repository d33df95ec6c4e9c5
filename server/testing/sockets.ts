import { mkdtempSync, rmSync } from 'node:fs';
import http, { type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { makeFront } from '../listener';
import type { FrontDoor } from '../router';

export type Running = { port: number; logged: unknown[] };

async function listen(server: http.Server, at: { port: number; host: string } | { path: string }): Promise<void> {
  await new Promise<void>((resolve) => server.listen(at, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
}

/** The front on a port of its own, before whatever stands in for the pages (nothing, where none is given). */
export async function aFront(doors: FrontDoor[], pages?: RequestListener, scheme: 'https' | null = null): Promise<Running> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-front-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const socketPath = path.join(folder, 'web.sock');
  if (pages !== undefined) await listen(http.createServer(pages), { path: socketPath });
  const logged: unknown[] = [];
  const front = makeFront({ doors, socketPath, scheme, log: { error: (what: unknown) => void logged.push(what) } });
  await listen(front, { port: 0, host: '127.0.0.1' });
  return { port: (front.address() as AddressInfo).port, logged };
}

/** Sends a request and resolves with the answer's head; its body is read by whoever asked. */
export function ask(port: number, options: http.RequestOptions, send?: (request: http.ClientRequest) => void): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', agent: false, ...options }, resolve).once('error', reject);
    if (send === undefined) request.end();
    else send(request);
  });
}

/** All of a body as text. */
export async function textOf(message: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of message.setEncoding('utf8')) text += chunk;
  return text;
}

/** A promise and the means to keep it: tests wait for what happens, never for time to pass. */
export function aMoment<Value = void>(): PromiseWithResolvers<Value> {
  return Promise.withResolvers<Value>();
}
