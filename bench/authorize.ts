import { fromDate } from '@/lib/kernel/instant';
import { bareOrg } from '@/lib/testing/bare-org';
import { bestPool } from './decisions/best-pool';
import { byFunction, makeFunctions } from './decisions/by-function';
import { byStatement } from './decisions/by-statement';
import { bareCommits } from './decisions/commit-rate';
import { countBatches, inProcess } from './decisions/in-process';
import { overHttp } from './decisions/over-http';
import { ofProcesses } from './decisions/processes';
import { watchCost } from './support/cost';
import { withBenchDatabase } from './support/database';
import { startFront } from './support/front';
import { benchOrg } from './support/org';
import { alone, inTurns } from './support/rate';
import { progress, type Row, report } from './support/report';

const SECONDS = Number(process.argv[3] ?? 4);
const ONLY = process.argv[4];
const TURNS = 4;
const AMOUNT = '1000000';
const TREE = [
  { amount: AMOUNT },
  { amount: AMOUNT, workload: 'support-bot' },
  { amount: AMOUNT, workload: 'support-bot', feature: 'summarise' },
];

type Step = { part: string; name: string; run: (url: string) => Promise<Row> };

/** Group commit against both alternatives, each with its best pool, taking turns in one run. */
const against = (levels: number, callers: number): Step => ({
  part: 'decisions',
  name: `${levels === 1 ? 'one budget' : 'three levels'}, ${callers} callers`,
  async run(url) {
    const org = await bareOrg(TREE.slice(0, levels), fromDate(new Date()));
    const ours = inProcess(org);
    await ours.settle(await ours.authorize());
    const statement = await byStatement(url, levels);
    const whole = await byFunction(url, org);
    const pools = [await bestPool(callers, SECONDS / 4, statement), await bestPool(callers, SECONDS / 4, whole)] as const;
    const [narrow, like] = [statement(pools[0].size), whole(pools[1].size)];
    const batches = countBatches();
    const [a, b, c] = (await inTurns(callers, SECONDS, TURNS, [narrow, like, ours])) as [Rate, Rate, Rate];
    await Promise.all([narrow.end(), like.end()]);
    return {
      ...{ what: this.name, 'one statement ops/s': a.perSecond, 'its pool': pools[0].size, 'its p50 ms': a.p50, 'its p99 ms': a.p99 },
      ...{ 'same facts ops/s': b.perSecond, 'its pool ': pools[1].size, 'its p50 ms ': b.p50, 'its p99 ms ': b.p99 },
      ...{ 'group commit ops/s': c.perSecond, 'p50 ms': c.p50, 'p99 ms': c.p99 },
      ...{ '× one statement': c.perSecond / a.perSecond, '× same facts': c.perSecond / b.perSecond },
      ...{ 'p99 ÷ one statement': c.p99 / a.p99, 'p99 ÷ same facts': c.p99 / b.p99 },
      ...{ 'µs Node': c.nodeMicros, 'µs Postgres': c.postgresMicros, 'WAL bytes': c.walBytes },
      ...{ 'µs both, one statement': a.nodeMicros + a.postgresMicros, 'µs both, same facts': b.nodeMicros + b.postgresMicros },
      'WAL bytes, same facts': b.walBytes,
      'batches/s': batches() / (SECONDS + TURNS * 0.3),
    };
  },
});

/** What the disk allows: bare commits of one row each, and how many batches of group commit are made durable beside it. */
const durable: Step = {
  part: 'durable',
  name: 'commits',
  async run(url) {
    const bare = await bareCommits(url);
    const { size } = await bestPool(256, SECONDS / 4, bare);
    const calls = bare(size);
    const org = await bareOrg(TREE.slice(0, 1), fromDate(new Date()));
    const [commits] = (await inTurns(256, SECONDS, 1, [calls])) as [Rate];
    await calls.end();
    const batches = countBatches();
    const ours = await alone(256, SECONDS, inProcess(org));
    const perSecond = batches() / (SECONDS + 0.3);
    return {
      ...{ what: 'durable commits', 'bare one-row commits/s': commits.perSecond, pool: size, 'p99 ms': commits.p99 },
      ...{ 'group commit batches/s': perSecond, 'its ops/s': ours.perSecond, 'ops ÷ bare commits': ours.perSecond / commits.perSecond },
    };
  },
};

const processes: Step = {
  part: 'processes',
  name: 'processes',
  async run() {
    const org = await bareOrg(TREE.slice(0, 1), fromDate(new Date()));
    const one = await ofProcesses(1, org, 256, SECONDS);
    const two = await ofProcesses(2, org, 128, SECONDS);
    return { what: '256 callers on one budget', 'one process ops/s': one, 'two processes ops/s': two, 'two ÷ one': two / one };
  },
};

const http = (connections: number, items: number): Step => ({
  part: 'http',
  name: `HTTP, ${connections} connections${items > 1 ? `, ${items} items a request` : ''}`,
  async run(url) {
    const org = await benchOrg(TREE);
    const front = await startFront(url);
    try {
      const calls = overHttp(front.port, org.secret, connections, items);
      const rate = await alone(connections, SECONDS, calls);
      calls.end();
      return { what: this.name, 'ops/s': rate.perSecond * items, 'p50 ms of a request': rate.p50, 'p99 ms': rate.p99 };
    } finally {
      await front.stop();
    }
  },
});

type Rate = Awaited<ReturnType<typeof alone>>;

const STEPS = [
  ...[1, 3].flatMap((levels) => [against(levels, 32), against(levels, 256)]),
  ...[durable, processes, http(32, 1), http(256, 1), http(8, 50)],
].filter((step) => ONLY === undefined || step.part === ONLY || step.name === ONLY);

/** Durable decisions, settling included. `npm run bench -- authorize [seconds] [decisions | durable | processes | http]` */
await withBenchDatabase(async (url) => {
  const finish = await report('authorize', url);
  const unwatch = await watchCost(url);
  await makeFunctions();
  const rows: Row[] = [];
  const tell = progress(STEPS.length);
  for (const step of STEPS) {
    rows.push(await step.run(url));
    console.log(rows.at(-1));
    tell();
  }
  await unwatch();
  finish(rows);
});
