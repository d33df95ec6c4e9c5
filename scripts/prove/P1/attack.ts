import { mkdtempSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { hashOfSecret, makeKeySecret } from '@/lib/auth/secrets';
import { readClock } from '@/lib/clock';
import { closePool, reader, transaction } from '@/lib/db';
import { expireHolds } from '@/lib/spend/hold/expire';
import { addBudgets, type BareOrg, bareOrg } from '@/lib/testing/bare-org';
import { migrate } from '@/scripts/migrate/apply';
import { type Cluster, startPostgres } from '@/scripts/postgres/cluster';
import { Callers, nothingTold } from './callers';
import { check } from './check';
import { type AppProcess, appProcesses, restarted } from './processes';

/** What an attack came to. */
export type Proof = {
  decisions: number;
  refused: number;
  reported: number;
  appKills: number;
  databaseKills: number;
  stops: number;
  faults: string[];
};

type Options = { kills: number; callers?: number; report?: (proof: Proof) => void };

/** Small enough to be reached within the second or two between two kills. */
const treeOf = (epoch: number) => [
  { name: `tree ${epoch}`, amount: '0.6', workload: `w-${epoch}`, keyHoldPpm: 1_000_000 },
  { name: `chat ${epoch}`, amount: '0.25', workload: `w-${epoch}`, feature: 'chat', keyHoldPpm: 1_000_000 },
  { name: `customer ${epoch}`, amount: '0.1', workload: `w-${epoch}`, customer: 'c-1', keyHoldPpm: 1_000_000 },
];

/** Holds that callers forgot become presumed, as the worker would have it; a database that is away is asked again at the next turn. */
const expire = (orgId: string): Promise<unknown> =>
  transaction(async (tx) =>
    expireHolds({ actor: { kind: 'system', id: 'system', name: 'Hardstop' }, orgId, requestId: '', tx, now: await readClock(tx) }),
  ).catch(() => undefined);

/**
 * P1: no allow ends above its limit. Two app processes on one database serve a crowd of callers, while app processes and the
 * database are killed with SIGKILL at random; after every restart every figure is recomputed from its rows.
 * @param options.kills how many to do · @returns what was done, and every fault that was found
 */
export async function attack({ kills, callers = 24, report }: Options): Promise<Proof> {
  const folder = mkdtempSync('/var/tmp/hardstop-prove-');
  let cluster: Cluster = await startPostgres({ folder });
  const proof: Proof = { decisions: 0, refused: 0, reported: 0, appKills: 0, databaseKills: 0, stops: 0, faults: [] };
  await cluster.admin('CREATE DATABASE prove');
  process.env.DATABASE_URL = cluster.url('prove');
  await migrate(cluster.url('prove'));
  const { org, secret } = await anOrg();
  const apps = await appProcesses(2, { DATABASE_URL: cluster.url('prove'), HARDSTOP_DATA_DIR: folder, HARDSTOP_CLOCK_FILE: '' });
  const told = nothingTold();
  const crowd = new Callers(apps, secret, told, callers);
  try {
    for (let kill = 1; kill <= kills && proof.faults.length === 0; kill++) {
      await pause(300 + Math.random() * 900);
      // Of three kills two strike when a budget has just been stopped, however slow the machine is; the third at any moment.
      if (kill % 3 !== 0) await untilStopped(org, crowd.epoch);
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
      await expire(org.orgId);
      proof.faults = await check(org.orgId, told);
      crowd.epoch = await nextEpoch(org, kill);
      report?.(await countUp(proof, org, told));
    }
    await crowd.stop();
    await expire(org.orgId);
    proof.faults.push(...(await check(org.orgId, told)));
    return await countUp(proof, org, told);
  } finally {
    await crowd.stop();
    await Promise.all(apps.map((app) => app.kill()));
    await closePool();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function anOrg(): Promise<{ org: BareOrg; secret: string }> {
  const org = await bareOrg([{ amount: '1000000', keyHoldPpm: 1_000_000 }, ...treeOf(0)], await readClock(reader()));
  const secret = makeKeySecret();
  await reader().query('UPDATE api_key SET secret_hash = $2 WHERE org_id = $1', [org.orgId, hashOfSecret(secret)]);
  return { org, secret };
}

const PATIENCE_MS = 5_000;

/** Waits until a budget of an epoch's tree has been stopped, or has had its time. */
async function untilStopped(org: BareOrg, epoch: number): Promise<void> {
  const begun = performance.now();
  while (performance.now() - begun < PATIENCE_MS) {
    const stopped = await reader().query(
      `SELECT FROM stop s JOIN budget b ON b.org_id = s.org_id AND b.id = s.budget_id WHERE s.org_id = $1 AND b.workload = $2 LIMIT 1`,
      [org.orgId, `w-${epoch}`],
    );
    if (stopped.length > 0) return;
    await pause(50);
  }
}

async function nextEpoch(org: BareOrg, epoch: number): Promise<number> {
  await addBudgets(org, treeOf(epoch));
  return epoch;
}

async function countUp(proof: Proof, org: BareOrg, told: ReturnType<typeof nothingTold>): Promise<Proof> {
  const [stops] = await reader().query<{ count: bigint }>('SELECT count(*) AS count FROM stop WHERE org_id = $1', [org.orgId]);
  Object.assign(proof, {
    decisions: told.decisions,
    refused: told.refused,
    reported: told.reported.size,
    stops: Number(stops?.count ?? 0),
  });
  return proof;
}
