import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { closePool, reader } from '@/lib/db';
import { type Instant, minutes, parseInstant, plus, toIso } from '@/lib/kernel/instant';
import { migrate } from '@/scripts/migrate/apply';
import { startPostgres } from '@/scripts/postgres/cluster';
import { WorkerProcess } from '../P4/workers';
import { climbers, faultsOf } from './climbers';

/** What an attack came to. */
export type Proof = {
  steps: number;
  skipped: number;
  doubled: number;
  early: number;
  workerKills: number;
  jumpsAhead: number;
  jumpsBack: number;
  faults: string[];
};

type Options = { steps: number; breaches?: number; report?: (proof: Proof) => void };

const FIRST_NOW = parseInstant('2026-11-24T03:00:00Z') as Instant;
const KILL_EVERY_MS = 2_000;

/** By how many minutes the clock moves next: mostly a little, now and then by hours, now and then back. */
function nextMove(proof: Proof): number {
  const dice = Math.random();
  if (dice < 0.12) {
    proof.jumpsBack++;
    return -Math.ceil(Math.random() * 30);
  }
  if (dice < 0.3) {
    proof.jumpsAhead++;
    return 180 + Math.ceil(Math.random() * 420);
  }
  return 5 + Math.ceil(Math.random() * 55);
}

async function killing(proof: Proof, workers: WorkerProcess[], stopped: AbortSignal): Promise<void> {
  for (let kill = 0; ; kill++) {
    await pause(KILL_EVERY_MS * (0.5 + Math.random()), undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) return;
    const victim = workers[kill % workers.length] as WorkerProcess;
    await victim.kill();
    proof.workerKills++;
    await victim.start();
  }
}

/** Waits until nothing is due by the clock as it stands. */
async function untilQuiet(now: Instant): Promise<void> {
  for (;;) {
    const [due] = await reader().query<{ due: number }>('SELECT count(*)::int AS due FROM breach WHERE next_climb_at <= $1', [toIso(now)]);
    if (due?.due === 0) return;
    await pause(50);
  }
}

const stepsOf = async (): Promise<number> =>
  (await reader().query<{ n: number }>(`SELECT count(*)::int AS n FROM breach_event WHERE kind = 'told'`))[0]?.n ?? 0;

/**
 * P5: escalation climbs on time. Two real workers climb breaches that nobody answers, under a clock that jumps ahead by hours and back
 * by minutes, and are killed with SIGKILL at random. Afterwards every breach must have been through every step, in order, none twice,
 * none before its time.
 */
export async function attack({ steps, breaches = 40, report }: Options): Promise<Proof> {
  const folder = mkdtempSync('/var/tmp/hardstop-prove-');
  const cluster = await startPostgres({ folder });
  await cluster.admin('CREATE DATABASE prove');
  const clock = path.join(folder, 'now');
  let now = FIRST_NOW;
  const setClock = () => {
    // Moved into its place: whoever reads the clock finds a whole time.
    writeFileSync(`${clock}.next`, toIso(now));
    renameSync(`${clock}.next`, clock);
  };
  setClock();
  const variables = {
    ...{ DATABASE_URL: cluster.url('prove'), HARDSTOP_DATA_DIR: folder, HARDSTOP_CLOCK_FILE: clock, HARDSTOP_TEST: '1' },
    ...{ PUBLIC_URL: 'http://hardstop.test', AUTH_SECRET: 'kY3vTnq8ZrW1mXoB6uJd0fLhPa5sCeGi' },
    HARDSTOP_ENCRYPTION_KEY: Buffer.alloc(32, 'prove').toString('base64'),
  };
  Object.assign(process.env, variables);
  await migrate(cluster.url('prove'));
  const proof: Proof = { steps: 0, skipped: 0, doubled: 0, early: 0, workerKills: 0, jumpsAhead: 0, jumpsBack: 0, faults: [] };
  const orgId = await climbers(breaches, now);
  const workers = [new WorkerProcess(variables), new WorkerProcess(variables)];
  await Promise.all(workers.map((worker) => worker.start()));
  const stopping = new AbortController();
  const kills = killing(proof, workers, stopping.signal);
  try {
    for (;;) {
      proof.steps = await stepsOf();
      if (proof.steps >= steps) break;
      now = plus(now, minutes(nextMove(proof)));
      setClock();
      await untilQuiet(now);
      report?.(proof);
    }
    stopping.abort();
    await kills;
    return { ...proof, ...(await faultsOf(orgId)) };
  } finally {
    stopping.abort();
    await kills.catch(() => undefined);
    await Promise.all(workers.map((each) => each.kill()));
    await closePool();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
