import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { answerBroken, answerMisaddressed } from './away';
import { forward } from './forward';
import { hasHost, type Scheme, schemeOf } from './headers';
import { webRequest } from './request';
import { respond } from './respond';
import { type Found, type HotDoor, makeRouter } from './router';

// Longer than the idle time of common proxies (60 s), so that it is they who close a connection, never we under a request.
const KEEP_ALIVE_MS = 65_000;

/** What the public port is made of. */
export type FrontOptions = {
  /** The doors that this process answers itself. */
  doors: readonly HotDoor[];
  /** Where the process with the pages listens. */
  socketPath: string;
  /** How the outside reaches us where PUBLIC_URL says it; null: as the request came. */
  scheme: Scheme | null;
  log: Pick<Logger, 'error'>;
};

async function open({ door, params }: Found, request: IncomingMessage, response: ServerResponse, scheme: Scheme): Promise<void> {
  await respond(await door.handle(webRequest(request, response, scheme), params), response);
}

/** The server of the public port: answers the doors that machines knock on all day itself, and hands on everything else.
 *  Without a listener for `upgrade` Node answers such a request as an ordinary one, which is what HTTP asks of us. */
export function makeFront({ doors, socketPath, scheme, log }: FrontOptions): http.Server {
  const route = makeRouter(doors);
  const server = http.createServer((request, response) => {
    request.on('error', () => undefined);
    if (!hasHost(request)) return answerMisaddressed(response);
    const found = route(request.method ?? '', request.url ?? '');
    const seen = schemeOf(request, scheme);
    if (found === null) return forward(request, response, socketPath, seen);
    open(found, request, response, seen).catch((error: unknown) => {
      if (response.destroyed) return;
      log.error({ err: error, method: request.method, path: found.door.path }, 'a door failed');
      answerBroken(response);
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 1_000;
  return server;
}
