/** The process of the pages: Next's own request handler, on a unix socket that only the front knows. */
import { rmSync } from 'node:fs';
import http from 'node:http';
import next from 'next';
import { beginDeciding } from '@/lib/containment/process/begin';
import { closePool } from '@/lib/db';
import { env } from '@/lib/env';
import { closeServer } from './close';
import { endWhenTold, tellReady } from './lifecycle';
import { logOf } from './log';
import { socketPath } from './socket';

const log = logOf('web');
const pages = next({ dev: false });
const handle = pages.getRequestHandler();
const server = http.createServer((request, response) => void handle(request, response));
// The front keeps its connections: were they closed here when idle, one would sooner or later close under a request.
server.keepAliveTimeout = 0;
// How long an upload may take is for the front to say.
server.requestTimeout = 0;

const deciding = beginDeciding('web', (error) => log.error({ err: error }, 'containment was not taken up'));

endWhenTold(log, async () => {
  await closeServer(server);
  await deciding.stop();
  await Promise.all([pages.close(), closePool()]);
});
await pages.prepare();
const place = socketPath(env().HARDSTOP_DATA_DIR, 'web');
// A process that was killed leaves its socket behind; that no other one lives there is the start script's lock to know.
rmSync(place, { force: true });
server.listen(place, tellReady);
