import { setTimeout as pause } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { databaseOf } from '../database';

/** Wakes jobs of an app's worker between their turns, by the queue that all workers share, and waits until they have run. */
export type Waker = { run(job: string): Promise<void>; close(): Promise<void> };

/** @param folder where the app's database lies */
export async function aWaker(folder: string): Promise<Waker> {
  const { host, port, user, password, database } = databaseOf(folder);
  const connectionString = `postgresql://${user}:${password}@${host}:${port}/${database}`;
  const boss = new PgBoss({ connectionString, schema: 'pgboss', migrate: false, supervise: false, schedule: false, max: 1 });
  boss.on('error', () => undefined);
  await boss.start();
  return {
    async run(job) {
      const queue = job.replaceAll(' ', '-');
      let id = await boss.send(queue, null, {});
      // One that waits already may have been asked for before what the test has done since: it goes first.
      for (; id === null; id = await boss.send(queue, null, {})) await pause(20);
      for (;;) {
        const [found] = await boss.findJobs(queue, { id });
        if (found?.state === 'completed') return;
        if (found?.state === 'failed') throw new Error(`The job "${job}" failed.`);
        await pause(20);
      }
    },
    close: () => boss.stop({ graceful: false }),
  };
}
