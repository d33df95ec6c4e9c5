/** The process of the public port: answers the doors that machines knock on all day, hands everything else to the pages. */
import { doors } from '@/lib/api/doors';
import { beginDeciding } from '@/lib/containment/process/begin';
import { closePool } from '@/lib/db';
import { answerSoon } from '@/lib/db/connection';
import { env } from '@/lib/env';
import { closeHub } from '@/lib/event/hub';
import { closeServer } from './close';
import type { Scheme } from './headers';
import { endWhenTold, tellReady } from './lifecycle';
import { makeFront } from './listener';
import { logOf } from './log';
import { socketPath } from './socket';

const { HOST, PORT, PUBLIC_URL, HARDSTOP_DATA_DIR } = env();
const log = logOf('front');
answerSoon();
const scheme = PUBLIC_URL === undefined ? null : (new URL(PUBLIC_URL).protocol.slice(0, -1) as Scheme);
const front = makeFront({ doors, socketPath: socketPath(HARDSTOP_DATA_DIR, 'web'), scheme, log });

const deciding = beginDeciding('front', (error) => log.error({ err: error }, 'containment was not taken up'));

endWhenTold(log, async () => {
  await closeServer(front);
  await deciding.stop();
  await closeHub();
  await closePool();
});
front.listen(PORT, HOST, tellReady);
