/** The process of the background: expiries, rollovers, deliveries and whatever else happens without being asked. */
import { closePool } from '@/lib/db';
import { databaseUrl } from '@/lib/env';
import { closeHub, eventHub } from '@/lib/event/hub';
import { DELIVER, jobs, underWay } from '@/lib/jobs/schedule';
import { listen } from '@/lib/listen';
import { closeMail } from '@/lib/notice/send/email';
import { WRITTEN } from '@/lib/notice/write';
import { runJobs } from './jobs';
import { endWhenTold, tellReady } from './lifecycle';
import { logOf } from './log';

const log = logOf('worker');
// Events get their numbers also while nobody follows.
eventHub();
const running = runJobs(jobs, { databaseUrl: databaseUrl(), log });
const wake = () => void running.wake(DELIVER).catch((error: unknown) => log.error({ err: error }, 'delivery waits for its next turn'));
const written = listen([WRITTEN], wake, wake);

endWhenTold(log, async () => {
  await Promise.all([written.stop(), running.stop()]);
  await underWay.settled();
  closeMail();
  await closeHub();
  await closePool();
});
tellReady();
