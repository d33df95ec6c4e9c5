import { setTimeout as pause } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Job } from '@/lib/jobs/schedule';

/** What wakes jobs: where its tables are, and how it is told what it cannot tell anyone else. */
export type RunOptions = { databaseUrl: string; log: Pick<Logger, 'error'>; schema?: string };

/** Jobs at work. */
export type Running = {
  /** Runs a job as soon as a worker is free, besides its turns: for what should not wait for the next one. */
  wake(name: string): Promise<void>;
  /** Starts no more runs; resolves when those under way have ended. */
  stop(): Promise<void>;
};

const TRY_AGAIN_MS = 2_000;
/** How long a wake-up that was answered is kept, for whoever looks at the tables. */
const KEPT_SECONDS = 3_600;
const STOP_WITHIN_MS = 2_500;
// How often a worker looks by itself where the notification that wakes it was lost.
const LOOK_SECONDS = 2;

const queueOf = (name: string): string => name.replaceAll(' ', '-');

function makeBoss({ databaseUrl, log, schema = 'pgboss' }: RunOptions): PgBoss {
  const boss = new PgBoss({
    ...{ connectionString: databaseUrl, schema, application_name: 'hardstop-jobs', max: 4 },
    // A wake-up that a crash loses comes again at the next turn: none waits for the disk.
    options: '-c synchronous_commit=off -c TimeZone=UTC',
    ...{ schedule: false, useListenNotify: true, connectionTimeoutMillis: 5_000 },
  });
  return boss.on('error', (error) => log.error({ err: error }, 'the queue of jobs is in trouble'));
}

/** Starts it, again and again where the database is not there yet. */
async function started(boss: PgBoss, stopped: AbortSignal, log: RunOptions['log']): Promise<void> {
  for (;;) {
    try {
      await boss.start();
      return;
    } catch (error) {
      log.error({ err: error }, 'the queue of jobs cannot start; it is tried again');
      await pause(TRY_AGAIN_MS, undefined, { signal: stopped });
    }
  }
}

/**
 * Runs each job at its turns, whichever worker is free: all workers ask for each turn, the queue in Postgres takes one of them. No
 * worker runs a job twice at once; two workers may, where a run takes longer than its rest, which is why each job locks what it
 * changes. What is due is decided by rows and the clock door when a job runs: the queue only wakes.
 */
export function runJobs(jobs: readonly Job[], options: RunOptions): Running {
  const { log } = options;
  const stopping = new AbortController();
  const boss = makeBoss(options);
  const timers: NodeJS.Timeout[] = [];

  async function run(job: Job): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      log.error({ err: error, job: job.name }, 'a job failed; it is tried again at its next turn');
    }
  }

  async function begin(job: Job): Promise<void> {
    const queue = queueOf(job.name);
    const kept = { retryLimit: 0, retentionSeconds: KEPT_SECONDS, deleteAfterSeconds: KEPT_SECONDS };
    await boss.createQueue(queue, { policy: 'short', notify: true, ...kept });
    await boss.work(queue, { pollingIntervalSeconds: LOOK_SECONDS }, () => run(job));
    const ask = () =>
      boss.send(queue, null, { singletonSeconds: job.everySeconds }).catch((error: unknown) => {
        if (!stopping.signal.aborted) log.error({ err: error, job: job.name }, 'a job could not be asked for; it is at its next turn');
      });
    timers.push(setInterval(ask, job.everySeconds * 1_000));
    await ask();
  }

  const ready = (async () => {
    await started(boss, stopping.signal, log);
    for (const job of jobs) await begin(job);
  })();
  ready.catch((error: unknown) => {
    if (!stopping.signal.aborted) log.error({ err: error }, 'the jobs could not be started');
  });
  return {
    async wake(name) {
      await ready;
      await boss.send(queueOf(name), null, {});
    },
    async stop() {
      stopping.abort();
      for (const timer of timers) clearInterval(timer);
      await ready.catch(() => undefined);
      for (const timer of timers) clearInterval(timer);
      await boss.stop({ graceful: true, timeout: STOP_WITHIN_MS }).catch(() => undefined);
    },
  };
}
