import { expect, it } from 'vitest';
import { type Job, runJobs } from './jobs';

type Gate = PromiseWithResolvers<void>;

/** A job whose runs the test begins to see and ends by hand. */
function aJob(name: string): { job: Job; begun(): Promise<Gate> } {
  const gates: Gate[] = [];
  const waiting: ((gate: Gate) => void)[] = [];
  return {
    job: {
      name,
      everySeconds: 0.001,
      run() {
        const gate = Promise.withResolvers<void>();
        const seen = waiting.shift();
        if (seen) seen(gate);
        else gates.push(gate);
        return gate.promise;
      },
    },
    begun: () => new Promise((resolve) => (gates.length > 0 ? resolve(gates.shift() as Gate) : waiting.push(resolve))),
  };
}
const logged: { job: string; err: Error }[] = [];
const log = { error: (what: unknown) => void logged.push(what as (typeof logged)[number]) };

it('runs a job again after it has ended, and never before', async () => {
  let under = 0;
  let most = 0;
  const { job, begun } = aJob('once');
  const counted = async () => {
    most = Math.max(most, ++under);
    await job.run().finally(() => under--);
  };
  const running = runJobs([{ ...job, run: counted }], log);
  for (let at = 0; at < 5; at++) (await begun()).resolve();
  const last = await begun();
  const stopped = running.stop();
  last.resolve();
  await stopped;
  expect(most).toBe(1);
});

it('goes on with a job that failed, and says what happened', async () => {
  const { job, begun } = aJob('broken');
  const running = runJobs([job], log);
  (await begun()).reject(new Error('no database'));
  const second = await begun();
  expect(logged).toMatchObject([{ job: 'broken', err: { message: 'no database' } }]);
  const stopped = running.stop();
  second.resolve();
  await stopped;
});

it('does not let one job wait for another', async () => {
  const slow = aJob('slow');
  const quick = aJob('quick');
  const running = runJobs([slow.job, quick.job], log);
  const hanging = await slow.begun();
  for (let at = 0; at < 3; at++) (await quick.begun()).resolve();
  const last = await quick.begun();
  const stopped = running.stop();
  hanging.resolve();
  last.resolve();
  await stopped;
});

it('waits for a run under way when it is stopped, and starts none after', async () => {
  const { job, begun } = aJob('long');
  let runs = 0;
  const counted = () => {
    runs++;
    return job.run();
  };
  const running = runJobs([{ ...job, everySeconds: 0, run: counted }], log);
  const gate = await begun();
  let over = false;
  const stopped = running.stop().then(() => (over = true));
  await new Promise(setImmediate);
  expect(over).toBe(false);
  gate.resolve();
  await stopped;
  expect(runs).toBe(1);
});
