import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { lockBudgetSet } from '@/lib/budget/set';
import { reader, transaction } from '@/lib/db';
import { upTo } from '../support/client';
import type { Ground } from '../support/ground';
import type { AppProcess } from '../support/processes';

/** Takes something away for a while. @param ms for how long */
export type Outage = (ground: Ground, ms: number) => Promise<void>;

const anyApp = ({ apps }: Ground): AppProcess => apps[upTo(apps.length - 1)] as AppProcess;

/** Postgres says this of a disk that is full, of whatever it would have written. */
const FULL = 'proof_disk_full';

/** Prepares a database for outages that it has to play itself. */
export async function setOutages(): Promise<void> {
  await reader().query(`
    CREATE TABLE ${FULL} (since timestamptz);
    CREATE FUNCTION ${FULL}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM ${FULL}) THEN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER ${FULL} BEFORE INSERT ON hold FOR EACH ROW EXECUTE FUNCTION ${FULL}();
    CREATE TRIGGER ${FULL} BEFORE UPDATE ON budget_period FOR EACH ROW EXECUTE FUNCTION ${FULL}()`);
}

/** Postgres and all its processes. */
async function postgresPids(): Promise<number[]> {
  const [row] = await reader().query<{ pid: string }>(`SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`);
  const parent = Number(row?.pid);
  const all = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout.trim().split('\n');
  const pairs = all.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  return [parent, ...pairs.filter(([, ppid]) => ppid === parent).map(([pid]) => pid)];
}

function signal(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Takes every connection that Postgres has, once those of the processes are cut. */
async function takeConnections(ground: Ground): Promise<pg.Client[]> {
  const taken: pg.Client[] = [];
  ground.wire.cutAll();
  for (;;) {
    const client = new pg.Client({ connectionString: ground.databaseUrl, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch {
      return taken;
    }
    taken.push(client);
    ground.wire.cutAll();
  }
}

/** Every kind of outage by its name. */
export const OUTAGES: Record<string, Outage> = {
  async 'database gone'(ground, ms) {
    await ground.killDatabase();
    await pause(ms);
    await ground.startDatabase();
  },
  async 'network silent'({ wire }, ms) {
    wire.fallSilent();
    await pause(ms);
    wire.speakAgain();
  },
  async 'database paused'(_, ms) {
    const pids = await postgresPids();
    signal(pids, 'SIGSTOP');
    await pause(ms);
    signal(pids, 'SIGCONT');
  },
  async 'process paused'(ground, ms) {
    const app = anyApp(ground);
    app.signal('SIGSTOP');
    await pause(ms);
    app.signal('SIGCONT');
  },
  async 'connections exhausted'(ground, ms) {
    const taken = await takeConnections(ground);
    await pause(ms);
    await Promise.all(taken.map((client) => client.end().catch(() => undefined)));
  },
  async 'budgets locked'({ org }, ms) {
    await transaction(async (tx) => {
      await lockBudgetSet(tx, org.orgId, 'alone');
      await pause(ms);
    }).catch(() => undefined);
  },
  async 'disk full'(_, ms) {
    await reader().query(`INSERT INTO ${FULL} VALUES (now())`);
    await pause(ms);
    await reader().query(`DELETE FROM ${FULL}`);
  },
  async 'clock skewed'(ground, ms) {
    const app = anyApp(ground);
    await app.kill();
    await app.start(upTo(1) ? 7_200_000 : -7_200_000);
    await pause(ms);
    await app.kill();
    await app.start();
  },
};
