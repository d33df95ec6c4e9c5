import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { anyPort, freePort } from '../free-port';
import { type Account, postgresAccount } from './account';
import { type Home, postgresHome } from './binaries';
import { stopLeftover } from './leftover';

const USER = 'hardstop';
const USUAL_PORT = 54_329;
const START_PATIENCE_MS = 60_000;

/** A running Postgres that belongs to this process. */
export type Cluster = {
  port: number;
  /** The address of one of its databases, password included. */
  url(database: string): string;
  /** Answers one statement in the maintenance database. */
  admin(sql: string): Promise<pg.QueryResult>;
  /** Ends it cleanly: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
  /** Ends it as a power cut would: no process of it is asked. For attacks on what must survive that. */
  kill(): Promise<void>;
  /** Resolves when it has ended, whoever ended it. */
  ended: Promise<void>;
};

type Options = {
  /** The data folder: the cluster lies in `postgres/` below it. */
  folder: string;
  log?: (line: string) => void;
  /** The port to take if it is free. */
  port?: number;
  /** More `-c` settings, e.g. `fsync=off` for a cluster that is thrown away. */
  settings?: string[];
};

/** What `initdb` and `postgres` are told: nothing of the shell's own Postgres, and times in UTC. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours = { ...process.env, LC_ALL: 'C', PGTZ: 'UTC', TZ: 'UTC' };
  return Object.fromEntries(Object.entries(ours).filter(([name]) => name === 'PGTZ' || !name.startsWith('PG'))) as NodeJS.ProcessEnv;
}

function makeCluster(home: Home, data: string, passwordFile: string, account: Account): void {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  // Readable by Postgres's own account for as long as initdb runs, then only by ours.
  const handed = path.join(data, '..', 'password.handed');
  writeFileSync(handed, readFileSync(passwordFile), { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) for (const each of [data, handed]) chownSync(each, account.uid, account.gid);
  const ask = ['-D', data, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${handed}`, '--encoding=UTF8', '--locale=C', '--no-sync'];
  try {
    execFileSync(home.initdb, ask, { ...account, cwd: path.dirname(data), env: cleanEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] });
  } finally {
    rmSync(handed);
  }
}

/** Resolves when Postgres says that it answers. @throws Error with its last words when it ends instead. */
function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let words = '';
    const late = setTimeout(() => reject(new Error(`Postgres is not ready after a minute:\n${words}`)), START_PATIENCE_MS);
    child.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk).slice(-4_000);
      if (words.includes('ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Postgres ended (${code}):\n${words}`)));
    child.once('exit', () => clearTimeout(late));
    child.stderr?.once('close', () => clearTimeout(late));
    late.unref();
  });
}

/** Starts the embedded Postgres on loopback, making its cluster and its password the first time. */
export async function startPostgres({
  folder,
  log = () => undefined,
  port: wanted = USUAL_PORT,
  settings = [],
}: Options): Promise<Cluster> {
  const account = postgresAccount();
  const home = await postgresHome(path.resolve(folder), account);
  if (home.folder !== path.resolve(folder)) log(`The database is kept in ${home.folder}: its account may not enter ${folder}.`);
  const data = path.join(home.folder, 'postgres');
  const passwordFile = path.join(home.folder, 'postgres-password');
  mkdirSync(home.folder, { recursive: true });
  // Its account must pass through; what lies here is readable by us alone.
  if (account.uid !== undefined) chmodSync(home.folder, 0o711);
  await stopLeftover(data, log);
  if (!existsSync(path.join(data, 'PG_VERSION'))) {
    writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    makeCluster(home, data, passwordFile, account);
  }
  const password = readFileSync(passwordFile, 'utf8');
  const port = (await freePort(wanted)) ?? (await anyPort());
  const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', ...settings].flatMap((each) => [
    '-c',
    each,
  ]);
  // Detached: its own process group, so that Ctrl-C in a terminal reaches the launcher, which then ends Postgres last.
  const child = spawn(home.postgres, ['-D', data, '-p', String(port), ...flags], {
    ...account,
    cwd: home.folder,
    env: cleanEnvironment(),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const interrupt = () => void child.kill('SIGINT');
  process.once('exit', interrupt);
  void ended.then(() => process.off('exit', interrupt));
  await untilReady(child);

  const url = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;
  return {
    port,
    url,
    ended,
    async admin(sql) {
      const client = new pg.Client({ connectionString: url('postgres') });
      await client.connect();
      return client.query(sql).finally(() => client.end());
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      interrupt();
      await ended;
    },
  };
}
