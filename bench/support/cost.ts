import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';

/** What was spent: microseconds of this process and of Postgres, bytes of its log. */
export type Spent = { node: number; postgres: number; wal: number };
/** The same for one operation. */
export type Cost = { nodeMicros: number; postgresMicros: number; walBytes: number };

let watcher: { client: pg.Client; postmaster: string } | undefined;

/** Watches a Postgres on this machine from now on. */
export async function watchCost(url: string): Promise<() => Promise<void>> {
  // Lost with the database, where a benchmark fails: what failed is what is to be said.
  const client = new pg.Client({ connectionString: url }).on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  watcher = { client, postmaster: parentOf(String(rows[0]?.pid)) };
  return async () => {
    watcher = undefined;
    await client.end();
  };
}

/** `/proc/<pid>/stat` after the name; empty where there is none (another system than Linux, a process that has ended). */
function statOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    return [];
  }
}
const parentOf = (pid: string): string => statOf(pid)[1] ?? '';

/** Time on a processor of all processes of the Postgres that is watched, microseconds; 0 where the system does not say. */
function postgresMicros(postmaster: string): number {
  if (postmaster === '') return 0;
  let nanos = 0;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || parentOf(pid) !== postmaster) continue;
    try {
      nanos += Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // It has ended since it was listed.
    }
  }
  return nanos / 1_000;
}

async function now(): Promise<Spent> {
  if (!watcher) throw new Error('nothing is watched: call watchCost first');
  const { rows } = await watcher.client.query<{ wal: string }>(`SELECT pg_current_wal_lsn() - '0/0' AS wal`);
  const { user, system } = process.cpuUsage();
  return { node: user + system, postgres: postgresMicros(watcher.postmaster), wal: Number(rows[0]?.wal) };
}

/** Begins to count. @returns what was spent since */
export async function costSince(): Promise<() => Promise<Spent>> {
  const before = await now();
  return async () => {
    const after = await now();
    return { node: after.node - before.node, postgres: after.postgres - before.postgres, wal: after.wal - before.wal };
  };
}
