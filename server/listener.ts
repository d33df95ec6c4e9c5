import http from 'node:http';
import type { Logger } from 'pino';
import { noSuchMethod } from '@/lib/http/mount';
import { answerBroken, answerMisaddressed } from './away';
import { forward } from './forward';
import { hasHost, type Scheme, schemeOf } from './headers';
import { webRequest } from './request';
import { respond } from './respond';
import { type Found, type FrontDoor, makeRouter, type Router } from './router';

// Longer than the idle time of common proxies (60 s), so that it is they who close a connection, never we under a request.
const KEEP_ALIVE_MS = 65_000;

/** What the public port is made of. */
export type FrontOptions = {
  /** All doors: the hot ones it answers itself, and no address of any is asked for a method it does not have. */
  doors: readonly FrontDoor[];
  /** Where the process with the pages listens. */
  socketPath: string;
  /** How the outside reaches us where PUBLIC_URL says it; null: as the request came. */
  scheme: Scheme | null;
  log: Pick<Logger, 'error'>;
};

/** What the front itself answers a request by; null where the pages are to answer it. */
function answerTo(router: Router, method: string, target: string): ((request: Request) => Promise<Response>) | null {
  const found: Found | null = router.find(method, target);
  if (found) return found.door.hot ? async (request) => found.door.handle(request, found.params) : null;
  // What an address answers to OPTIONS the pages know.
  const methods = method === 'OPTIONS' ? [] : router.methodsAt(target);
  return methods.length > 0 ? async (request) => noSuchMethod(request, methods) : null;
}

/** The server of the public port: answers the doors that machines knock on all day itself, refuses methods that no door of an
 *  address has, and hands on everything else.
 *  Without a listener for `upgrade` Node answers such a request as an ordinary one, which is what HTTP asks of us. */
export function makeFront({ doors, socketPath, scheme, log }: FrontOptions): http.Server {
  const router = makeRouter(doors);
  const server = http.createServer((request, response) => {
    request.on('error', () => undefined);
    if (!hasHost(request)) return answerMisaddressed(response);
    const { method = '', url = '' } = request;
    const seen = schemeOf(request, scheme);
    const answer = answerTo(router, method, url);
    if (answer === null) return forward(request, response, socketPath, seen);
    answer(webRequest(request, response, seen))
      .then((made) => respond(made, response))
      .catch((error: unknown) => {
        if (response.destroyed) return;
        log.error({ err: error, method, path: url.split('?', 1)[0] }, 'a door failed');
        answerBroken(response);
      });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 1_000;
  return server;
}
