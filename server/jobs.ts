import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

/** A piece of work that is done again and again. */
export type Job = {
  name: string;
  /** The rest between the end of one run and the start of the next. */
  everySeconds: number;
  run(): Promise<void>;
};

/** Jobs at work. */
export type Running = {
  /** Starts no more runs; resolves when those under way have ended. */
  stop(): Promise<void>;
};

async function repeat(job: Job, stopped: AbortSignal, log: Pick<Logger, 'error'>): Promise<void> {
  while (!stopped.aborted) {
    try {
      await job.run();
    } catch (error) {
      log.error({ err: error, job: job.name }, 'a job failed; it is tried again at its next turn');
    }
    await pause(job.everySeconds * 1_000, undefined, { signal: stopped }).catch(() => undefined);
  }
}

/**
 * Runs each job, rests, and runs it again: never two runs of one job at once, and none waits for another. A run that
 * fails is logged and does not end the job.
 */
export function runJobs(jobs: readonly Job[], log: Pick<Logger, 'error'>): Running {
  const stopping = new AbortController();
  const loops = jobs.map((job) => repeat(job, stopping.signal, log));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}
