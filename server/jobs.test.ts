import { expect, it, onTestFinished } from 'vitest';
import type { Job } from '@/lib/jobs/schedule';
import { useDatabase } from '@/scripts/testing/database';
import { type Running, runJobs } from './jobs';

const databaseUrl = useDatabase();

type Gate = PromiseWithResolvers<void>;

/** A job whose runs the test begins to see and ends by hand. */
function aJob(name: string, everySeconds = 1): { job: Job; runs(): number; begun(): Promise<Gate> } {
  const gates: Gate[] = [];
  const waiting: ((gate: Gate) => void)[] = [];
  let runs = 0;
  return {
    job: {
      name,
      everySeconds,
      run() {
        runs++;
        const gate = Promise.withResolvers<void>();
        const seen = waiting.shift();
        if (seen) seen(gate);
        else gates.push(gate);
        return gate.promise;
      },
    },
    runs: () => runs,
    begun: () => new Promise((resolve) => (gates.length > 0 ? resolve(gates.shift() as Gate) : waiting.push(resolve))),
  };
}

function start(...jobs: Job[]): { running: Running; logged: { job?: string; err: Error }[] } {
  const logged: { job?: string; err: Error }[] = [];
  const running = runJobs(jobs, { databaseUrl, log: { error: (what: unknown) => void logged.push(what as (typeof logged)[number]) } });
  onTestFinished(() => running.stop());
  return { running, logged };
}

it('runs a job again after it has ended, and a worker never runs one twice at once', async () => {
  const { job, begun } = aJob('once');
  let [under, most] = [0, 0];
  const counted = async () => {
    most = Math.max(most, ++under);
    await job.run().finally(() => under--);
  };
  const { running } = start({ ...job, run: counted });
  for (let at = 0; at < 3; at++) {
    const gate = await begun();
    await running.wake('once');
    await new Promise(setImmediate);
    gate.resolve();
  }
  expect(most).toBe(1);
  (await begun()).resolve();
});

it('gives each turn to one of two workers', async () => {
  const one = aJob('shared', 2);
  const begun = performance.now();
  start({ ...one.job, run: async () => void one.job.run() });
  start({ ...one.job, run: async () => void one.job.run() });
  for (let at = 0; at < 3; at++) await one.begun();
  const turns = Math.floor((performance.now() - begun) / 2_000) + 2;
  expect(one.runs()).toBeLessThanOrEqual(turns);
});

it('goes on with a job that failed, and says what happened', async () => {
  const { job, begun } = aJob('broken');
  const { logged } = start(job);
  (await begun()).reject(new Error('no database'));
  const second = await begun();
  expect(logged).toMatchObject([{ job: 'broken', err: { message: 'no database' } }]);
  second.resolve();
});

it('does not let one job wait for another', async () => {
  const slow = aJob('slow');
  const quick = aJob('quick');
  start(slow.job, quick.job);
  const hanging = await slow.begun();
  for (let at = 0; at < 2; at++) (await quick.begun()).resolve();
  hanging.resolve();
});

it('runs a job that is woken at once, long before its turn', async () => {
  const { job, begun } = aJob('rare', 3_600);
  const { running } = start(job);
  (await begun()).resolve();
  const asked = performance.now();
  await running.wake('rare');
  (await begun()).resolve();
  expect(performance.now() - asked).toBeLessThan(1_000);
});

it('waits for a run under way when it is stopped, and starts none after', async () => {
  const { job, begun, runs } = aJob('long');
  const { running } = start(job);
  const gate = await begun();
  let over = false;
  const stopped = running.stop().then(() => {
    over = true;
  });
  await new Promise(setImmediate);
  expect(over).toBe(false);
  gate.resolve();
  await stopped;
  expect(runs()).toBe(1);
});
