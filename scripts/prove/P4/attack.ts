import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { closePool, reader } from '@/lib/db';
import { type Instant, parseInstant, plus, seconds, toIso } from '@/lib/kernel/instant';
import { migrate } from '@/scripts/migrate/apply';
import { startPostgres } from '@/scripts/postgres/cluster';
import { type AppProcess, appProcesses } from '../support/processes';
import { check } from './check';
import { type CrossingOrg, cross, crossingOrg } from './crossings';
import { type Receivers, receivers } from './receivers';
import { WorkerProcess } from './workers';

/** What an attack came to. */
export type Proof = {
  crossings: number;
  missed: number;
  notices: number;
  /** Arrivals after the first: each under the same key, with the same body. */
  copies: number;
  requests: number;
  workerKills: number;
  frontKills: number;
  sentAgainByHand: number;
  faults: string[];
};

type Options = { crossings: number; atOnce?: number; report?: (proof: Proof) => void };

const CROSSINGS_PER_ORG = 500;
const FIRST_NOW = parseInstant('2026-11-24T03:00:00Z') as Instant;
/** The clock that all processes ask runs this much faster than ours, so that rests of hours are minutes. */
const FASTER = 30;
const KILL_EVERY_MS = 1_500;

/** What every process is told, this one too. */
function variablesOf(folder: string, databaseUrl: string, clock: string, smtp: string): Record<string, string> {
  return {
    ...{ DATABASE_URL: databaseUrl, HARDSTOP_DATA_DIR: folder, HARDSTOP_CLOCK_FILE: clock, HARDSTOP_TEST: '1', SMTP_URL: smtp },
    ...{ HARDSTOP_EGRESS_ALLOW: '127.0.0.0/8', PUBLIC_URL: 'http://hardstop.test', AUTH_SECRET: 'kY3vTnq8ZrW1mXoB6uJd0fLhPa5sCeGi' },
    HARDSTOP_ENCRYPTION_KEY: Buffer.alloc(32, 'prove').toString('base64'),
  };
}

/** Kills whom it likes, and starts them again, until it is stopped. */
async function killing(proof: Proof, workers: WorkerProcess[], fronts: AppProcess[], stopped: AbortSignal): Promise<void> {
  for (let kill = 1; !stopped.aborted; kill++) {
    await pause(KILL_EVERY_MS * (0.5 + Math.random()), undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) return;
    const victim = kill % 3 === 0 ? (fronts[kill % fronts.length] as AppProcess) : (workers[kill % workers.length] as WorkerProcess);
    await victim.kill();
    if (kill % 3 === 0) proof.frontKills++;
    else proof.workerKills++;
    await victim.start();
  }
}

/** A person who looks at what was given up, and sends it again. */
async function sendAgain(): Promise<number> {
  const dead = await reader().query<{ id: string }>(
    `UPDATE notice SET state = 'waiting', next_attempt_at = due_at, retried_from = attempts WHERE state = 'dead' RETURNING id`,
  );
  return dead.length;
}

/** Waits until nothing is left to be sent. */
async function settled(proof: Proof): Promise<void> {
  for (;;) {
    proof.sentAgainByHand += await sendAgain();
    const [left] = await reader().query<{ left: number }>('SELECT count(*)::int AS left FROM notice WHERE next_attempt_at IS NOT NULL');
    if (left?.left === 0) return;
    await pause(200);
  }
}

async function crossAll(proof: Proof, options: Options, to: Receivers, ports: number[], now: () => Instant): Promise<CrossingOrg[]> {
  const orgs: CrossingOrg[] = [];
  const { crossings, atOnce = 25, report } = options;
  while (proof.crossings < crossings) {
    let org = orgs.at(-1);
    if (org === undefined || org.crossings >= CROSSINGS_PER_ORG) {
      org = await crossingOrg(to.urls);
      orgs.push(org);
    }
    const count = Math.min(atOnce, crossings - proof.crossings, CROSSINGS_PER_ORG - org.crossings);
    await cross(org, count, ports, now());
    proof.crossings += count;
    proof.requests = to.asked();
    report?.(proof);
  }
  return orgs;
}

/**
 * P4: no breach goes unannounced. Budgets are taken past their stops through the real front, and real workers deliver what follows by
 * a webhook, a chat and e-mail, to receivers that fail, cut, hang and take what they do not answer; fronts and workers are killed with
 * SIGKILL at random. Afterwards every crossing must have reached every one it was for.
 */
export async function attack(options: Options): Promise<Proof> {
  const folder = mkdtempSync('/var/tmp/hardstop-prove-');
  const cluster = await startPostgres({ folder });
  const to = await receivers();
  await cluster.admin('CREATE DATABASE prove');
  const [begun, clock] = [performance.now(), path.join(folder, 'now')];
  const now = (): Instant => plus(FIRST_NOW, seconds(((performance.now() - begun) / 1_000) * FASTER));
  // Written beside it and moved into its place: whoever reads the clock finds a whole time.
  const tick = () => {
    writeFileSync(`${clock}.next`, toIso(now()));
    renameSync(`${clock}.next`, clock);
  };
  tick();
  const ticking = setInterval(tick, 50);
  const variables = variablesOf(folder, cluster.url('prove'), clock, to.urls.smtp);
  Object.assign(process.env, variables);
  await migrate(cluster.url('prove'));
  const proof: Proof = {
    ...{ crossings: 0, missed: 0, notices: 0, copies: 0, requests: 0, workerKills: 0, frontKills: 0, sentAgainByHand: 0, faults: [] },
  };
  const fronts = await appProcesses(2, variables);
  const workers = [new WorkerProcess(variables), new WorkerProcess(variables)];
  await Promise.all(workers.map((worker) => worker.start()));
  const stopping = new AbortController();
  const kills = killing(proof, workers, fronts, stopping.signal);
  try {
    const orgs = await crossAll(
      proof,
      options,
      to,
      fronts.map(({ port }) => port),
      now,
    );
    await settled(proof);
    stopping.abort();
    await kills;
    for (const org of orgs) {
      const found = await check(org.orgId, org.crossings, to.arrived);
      proof.missed += found.missed;
      proof.notices += found.notices;
      proof.copies += found.copies;
      proof.faults.push(...found.faults);
    }
    if (proof.missed > 0) proof.faults.push(`${proof.missed} crossings reached not everybody they were for`);
    return { ...proof, requests: to.asked() };
  } finally {
    stopping.abort();
    await kills.catch(() => undefined);
    clearInterval(ticking);
    await Promise.all([...fronts, ...workers].map((each) => each.kill()));
    await closePool();
    await to.close();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
