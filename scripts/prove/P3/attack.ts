import { mkdtempSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { closePool } from '@/lib/db';
import { migrate } from '@/scripts/migrate/apply';
import { startPostgres } from '@/scripts/postgres/cluster';
import { type AppProcess, appProcesses } from '../support/processes';
import { Callers } from './callers';
import { check } from './check';
import { expireAll, payingOrg } from './orgs';
import { standIn } from './stand-in';

/** What an attack came to. */
export type Proof = {
  /** Calls that the provider was asked for. */
  calls: number;
  /** Nano-dollars that it bills and nobody booked. */
  unbookedNanoUsd: string;
  billedNanoUsd: string;
  /** Calls of which nobody knows more than their hold. */
  presumed: number;
  /** Calls that came whole with a report, and are booked to the nano-dollar. */
  exact: number;
  /** Calls whose provider could not be reached, or whose process died before it was asked. */
  neverReached: number;
  kills: number;
  faults: string[];
};

type Options = {
  calls: number;
  atOnce?: number;
  /** Calls between two looks at the books. */
  round?: number;
  /** Ends it after the calls under way; what was done is checked all the same. */
  stop?: AbortSignal;
  report?: (sofar: Proof) => void;
  progress?: (calls: number, kills: number) => void;
};

const NOWHERE = 'http://127.0.0.1:1/v1';
const KILL_EVERY_MS = 2_500;
/** Streams whose callers have left are read on by the gateway; most are short. */
const SETTLE_MS = 400;
const FAULTS_AT_MOST = 50;

export const nothingYet = (): Proof => ({
  ...{ calls: 0, unbookedNanoUsd: '0', billedNanoUsd: '0', presumed: 0, exact: 0, neverReached: 0, kills: 0, faults: [] },
});

/** Kills the processes in turn and starts them again, until it is told to end. */
async function killing(apps: readonly AppProcess[], proof: Proof, ended: AbortSignal): Promise<void> {
  for (let turn = 0; ; turn++) {
    await pause(KILL_EVERY_MS * (0.4 + 0.6 * Math.random()), undefined, { signal: ended }).catch(() => undefined);
    if (ended.aborted) return;
    const app = apps[turn % apps.length] as AppProcess;
    await app.kill();
    proof.kills++;
    await app.start();
  }
}

async function round(apps: readonly AppProcess[], wanted: number, proof: Proof, { atOnce = 48, stop, progress }: Options): Promise<void> {
  const provider = await standIn();
  const orgs = [await payingOrg(provider.baseUrl), await payingOrg(NOWHERE)] as const;
  const callers = new Callers(apps, orgs, orgs[0].orgId);
  await Promise.all(apps.map((app) => app.start()));
  const ended = new AbortController();
  const kills = killing(apps, proof, ended.signal);
  const telling = setInterval(() => progress?.(proof.calls + provider.truth.size, proof.kills), 5_000);
  try {
    await callers.run(atOnce, () => provider.truth.size >= wanted || stop?.aborted === true);
  } finally {
    clearInterval(telling);
    ended.abort();
    // Ended by whoever ended us: then it does not come up again, and need not.
    await kills.catch(() => undefined);
    await pause(SETTLE_MS);
    await Promise.all(apps.map((app) => app.kill()));
    await provider.close();
  }
  for (const { orgId } of orgs) await expireAll(orgId);
  const found = await check(
    orgs.map(({ orgId }) => orgId),
    provider.truth,
    callers.seen,
  );
  const billed = [...provider.truth.values()].reduce((sum, each) => sum + each.billed, 0n);
  proof.calls += provider.truth.size;
  proof.neverReached += [...callers.seen.keys()].filter((id) => !provider.truth.has(id)).length;
  proof.presumed += found.presumed;
  proof.exact += found.exact;
  proof.unbookedNanoUsd = String(BigInt(proof.unbookedNanoUsd) + found.unbooked);
  proof.billedNanoUsd = String(BigInt(proof.billedNanoUsd) + billed);
  proof.faults.push(...found.faults.slice(0, FAULTS_AT_MOST));
}

/**
 * P3: every call through the gateway is on the books. Callers that leave at any byte call through two processes that are killed with
 * SIGKILL at random, a provider that cuts, hangs, fails, lies about usage or keeps it to itself; it keeps books of its own, and what it
 * bills must be on ours. @param options.calls how many it is to be asked for · @returns what was done, and every fault that was found
 */
export async function attack(options: Options, proof: Proof = nothingYet()): Promise<Proof> {
  const folder = mkdtempSync('/var/tmp/hardstop-prove-');
  const cluster = await startPostgres({ folder });
  let apps: AppProcess[] = [];
  try {
    await cluster.admin('CREATE DATABASE prove');
    const variables = {
      ...{ DATABASE_URL: cluster.url('prove'), HARDSTOP_DATA_DIR: folder, HARDSTOP_CLOCK_FILE: '', HARDSTOP_EGRESS_ALLOW: '127.0.0.0/8' },
      HARDSTOP_ENCRYPTION_KEY: Buffer.alloc(32, 'prove').toString('base64'),
    };
    Object.assign(process.env, variables);
    await migrate(cluster.url('prove'));
    apps = await appProcesses(2, variables);
    await Promise.all(apps.map((app) => app.kill()));
    while (proof.calls < options.calls && proof.faults.length === 0 && options.stop?.aborted !== true) {
      await round(apps, Math.min(options.round ?? 10_000, options.calls - proof.calls), proof, options);
      options.report?.(proof);
    }
    return proof;
  } finally {
    await Promise.all(apps.map((app) => app.kill()));
    await closePool();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
