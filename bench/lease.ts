import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { aLeasingOrg, clientOf } from '@/sdk/src/testing/client';
import { withBenchDatabase } from './support/database';
import { progress, type Row, report } from './support/report';

const SECONDS = Number(process.argv[3] ?? 4);
const TURNS = 4;
const AT_ONCE = 10_000;
const UNITS = { input: 100, output: 50 };

const nothing = (): boolean => true;

/** Does it for some seconds, letting the program's other work (settlements) in between. @returns how often it was done, and how often not */
async function turn(once: () => boolean, seconds: number): Promise<{ done: number; refused: number; seconds: number }> {
  const began = performance.now();
  let [done, refused] = [0, 0];
  while (performance.now() - began < seconds * 1_000) {
    for (let i = 0; i < AT_ONCE; i++) {
      if (once()) done++;
      else refused++;
    }
    await new Promise(setImmediate);
  }
  return { done, refused, seconds: (performance.now() - began) / 1_000 };
}

/** What is in use once everything that is not has been cleared away. */
const heapMiB = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

/** Decisions of one process on a lease, against calling a function that does nothing. `npm run bench -- lease [seconds]` */
await withBenchDatabase(async (url) => {
  const finish = await report('lease', url);
  const org = await aLeasingOrg();
  const { hardstop } = clientOf(org);
  const lease = await hardstop.lease({ workload: 'support-bot', provider: 'openai', model: 'gpt-4o' });
  const givenBack = (): boolean => {
    const taken = lease.take(UNITS);
    taken?.notCalled();
    return taken !== null;
  };
  const used = (): boolean => {
    const taken = lease.take({ input: 1, output: 0 });
    taken?.used({ units: { input: 1 } });
    return taken !== null;
  };
  const contestants = [
    { name: 'a function that does nothing', once: nothing },
    { name: 'decided, and given back', once: givenBack },
    { name: 'decided, settled and booked', once: used },
  ];
  const tell = progress(contestants.length * TURNS);
  const sums = contestants.map(() => ({ done: 0, refused: 0, seconds: 0 }));
  const before = heapMiB();
  for (let i = 0; i < TURNS; i++)
    for (const [at, { once }] of contestants.entries()) {
      const { done, refused, seconds } = await turn(once, SECONDS / TURNS);
      const sum = sums[at] as (typeof sums)[number];
      Object.assign(sum, { done: sum.done + done, refused: sum.refused + refused, seconds: sum.seconds + seconds });
      tell();
    }
  await lease.close();
  const rates = sums.map(({ done, refused, seconds }) => ({ given: done / seconds, decided: (done + refused) / seconds }));
  const rows: Row[] = contestants.map(({ name }, i) => ({
    what: name,
    'decisions/s': rates[i]?.decided ?? 0,
    'of them given/s': rates[i]?.given ?? 0,
    '÷ nothing': (rates[i]?.decided ?? 0) / (rates[0]?.decided ?? 1),
  }));
  finish([
    ...rows,
    {
      'heap before, MiB': before,
      'heap after, MiB': heapMiB(),
      'decisions in between': sums.reduce((all, each) => all + each.done + each.refused, 0),
    },
  ]);
});
