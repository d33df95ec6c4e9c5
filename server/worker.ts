/** The process of the background: expiries, rollovers, deliveries and whatever else happens without being asked. */
import { closePool } from '@/lib/db';
import { closeHub, eventHub } from '@/lib/event/hub';
import { jobs } from '@/lib/jobs/schedule';
import { runJobs } from './jobs';
import { endWhenTold, tellReady } from './lifecycle';
import { logOf } from './log';

const log = logOf('worker');
// Events get their numbers also while nobody follows.
eventHub();
const running = runJobs(jobs, log);
// With an empty schedule nothing else would keep the process.
const kept = setInterval(() => undefined, 3_600_000);

endWhenTold(log, async () => {
  clearInterval(kept);
  await running.stop();
  await closeHub();
  await closePool();
});
tellReady();
