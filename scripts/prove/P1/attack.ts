import { mkdtempSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { budgetChange, budgetIn } from '@/lib/budget/schema';
import { readClock } from '@/lib/clock';
import { closePool, reader } from '@/lib/db';
import { changeBudget } from '@/lib/spend/limit/change-budget';
import { makeBudget } from '@/lib/spend/limit/make-budget';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { migrate } from '@/scripts/migrate/apply';
import { type Cluster, startPostgres } from '@/scripts/postgres/cluster';
import { Client, upTo } from '../support/client';
import { type AppProcess, appProcesses, restarted } from '../support/processes';
import { Wire } from '../support/wire';
import { Beside, type Budget, type Done, nothingDone } from './beside';
import { Callers, nothingTold, type Place, workloadOf } from './callers';
import { check } from './check';
import { setGuard } from './guard';
import { Holders } from './holders';

/** What an attack came to: counts, and sentences of what was wrong. */
export type Proof = Done & {
  /** What was answered and had to be kept: calls allowed, settled and released. */
  durable: number;
  refused: number;
  reported: number;
  leases: number;
  appKills: number;
  databaseKills: number;
  cutInCommit: number;
  stops: number;
  faults: string[];
};

type Options = {
  kills: number;
  callers?: number;
  /** What a tree of budgets may cost: so little that it is reached between two kills. */
  dollars?: number;
  report?: (proof: Proof) => void;
};

/** Three budgets that a call may meet at once. */
const treeAt = (place: Place, dollars: number) => [
  { name: `tree ${place.epoch}`, amount: dollars.toFixed(2), scope: { workload: workloadOf(place) } },
  { name: `chat ${place.epoch}`, amount: (dollars * 0.4).toFixed(2), scope: { workload: workloadOf(place), feature: 'chat' } },
  { name: `customer ${place.epoch}`, amount: (dollars * 0.16).toFixed(2), scope: { workload: workloadOf(place), customer: 'c-1' } },
];

/**
 * P1: no allow ends above its limit. Two app processes on one database serve a crowd that asks, reports and holds leases; beside it
 * limits move, grants open and end, and prices come; connections are cut in COMMIT, and app processes and the database killed with
 * SIGKILL at random. After every restart every figure is recomputed from its rows.
 * @param options.kills how many to do · `callers` how many call at once · @returns what was done, and every fault that was found
 */
export async function attack({ kills, callers = 24, dollars = 1, report }: Options): Promise<Proof> {
  const folder = mkdtempSync('/var/tmp/hardstop-prove-');
  let cluster: Cluster = await startPostgres({ folder });
  await cluster.admin('CREATE DATABASE prove');
  const url = new URL(cluster.url('prove'));
  Object.assign(process.env, { DATABASE_URL: url.href, AUTH_SECRET: 'kY3vTnq8ZrW1mXoB6uJd0fLhPa5sCeGi' });
  await migrate(url.href);
  await setGuard();
  const org = await anOrg();
  await lendFromAll(org);
  const wire = new Wire(cluster.port);
  url.port = String(await wire.open());
  const apps = await appProcesses(2, { DATABASE_URL: url.href, HARDSTOP_DATA_DIR: folder, HARDSTOP_CLOCK_FILE: '' });
  const client = new Client(apps, { '/api/v1/usage': org.keys['usage:write'].secret, '/api/v1/': org.keys['spend:authorize'].secret });
  const [told, done, place] = [nothingTold(), nothingDone(), { epoch: 0 }];
  const beside = new Beside(org, place, done);
  beside.tree = await treeOf(org, place, dollars);
  const crowd = [new Callers(client, told, place, callers), new Holders(client, told, place, 4)];
  const proof = { ...done, durable: 0, refused: 0, reported: 0, leases: 0, appKills: 0, databaseKills: 0, cutInCommit: 0, stops: 0 };
  const faults: string[] = [];
  const sofar = async (): Promise<Proof> => {
    const [stops] = await reader().query<{ count: bigint }>('SELECT count(*) AS count FROM stop WHERE org_id = $1', [org.orgId]);
    const { durable, refused, leases } = told;
    const counts = { durable, refused, leases, reported: told.reported.size, cutInCommit: wire.cuts, stops: Number(stops?.count ?? 0) };
    return { ...proof, ...done, ...counts, faults: [...faults, ...beside.faults] };
  };
  try {
    for (let kill = 1; kill <= kills && faults.length === 0; kill++) {
      await cutting(wire, 300 + upTo(900));
      // Of three kills two strike when a budget has just been stopped, however slow the machine is; the third at any moment.
      if (kill % 3 !== 0) await untilStopped(org, place);
      if (kill % 4 === 0) {
        await cluster.kill();
        proof.databaseKills++;
        cluster = await restarted(folder, cluster.port);
      } else {
        const app = apps[kill % apps.length] as AppProcess;
        await app.kill();
        proof.appKills++;
        await app.start();
      }
      await beside.endWhatIsOver();
      faults.push(...(await check(org.orgId, told)));
      const next = { epoch: kill };
      const tree = await treeOf(org, next, dollars);
      Object.assign(place, next);
      beside.tree = tree;
      report?.(await sofar());
    }
    await Promise.all([...crowd, beside].map((each) => each.stop()));
    await beside.endWhatIsOver();
    faults.push(...(await check(org.orgId, told)));
    return await sofar();
  } finally {
    await Promise.all([...crowd, beside].map((each) => each.stop()));
    client.close();
    await Promise.all(apps.map((app) => app.kill()));
    await closePool();
    await wire.close();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits, and cuts connections in COMMIT meanwhile, before Postgres has heard of it and after. */
async function cutting(wire: Wire, ms: number): Promise<void> {
  for (const until = performance.now() + ms; performance.now() < until; ) {
    wire.cutNextCommit(upTo(1) ? 'before' : 'after');
    await pause(150);
  }
}

/** The standing budgets give leases too, else nobody could. */
async function lendFromAll(org: TestOrg): Promise<void> {
  const budgets = await reader().query<{ id: string }>('SELECT id FROM budget WHERE org_id = $1', [org.orgId]);
  const change = budgetChange.parse({ leases: true });
  for (const { id } of budgets) await org.run((ctx) => changeBudget(ctx, { id, ifMatch: null, change }));
}

/** Makes the tree of a place. One key makes all calls, so it may hold as much as there is. */
async function treeOf(org: TestOrg, place: Place, dollars: number): Promise<Budget[]> {
  const now = await readClock(reader());
  const tree: Budget[] = [];
  for (const each of treeAt(place, dollars)) {
    const input = budgetIn.parse({ ...each, period: 'month', leases: true });
    const { id } = await org.run((ctx) => makeBudget(ctx, input), now);
    tree.push({ id, amount: Number(each.amount) });
  }
  await reader().query('UPDATE budget SET key_hold_ppm = 1000000 WHERE org_id = $1', [org.orgId]);
  return tree;
}

const PATIENCE_MS = 5_000;

/** Waits until a budget of a place's tree has been stopped, or has had its time. */
async function untilStopped(org: TestOrg, place: Place): Promise<void> {
  const begun = performance.now();
  while (performance.now() - begun < PATIENCE_MS) {
    const stopped = await reader().query(
      `SELECT FROM stop s JOIN budget b ON b.org_id = s.org_id AND b.id = s.budget_id WHERE s.org_id = $1 AND b.workload = $2 LIMIT 1`,
      [org.orgId, workloadOf(place)],
    );
    if (stopped.length > 0) return;
    await pause(50);
  }
}
