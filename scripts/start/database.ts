import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, startPostgres } from '../postgres/cluster';
import { StartFault, say } from './log';

const NAME = 'hardstop';
const REVIVALS = 20;
const BETWEEN_REVIVALS_MS = 500;

/** The database of this run. */
export type Database = { url: string; stop(): Promise<void> };

/** Starts Postgres again on the port that everyone knows. The dead one's own processes may take a moment to be gone. */
async function revive(folder: string, port: number): Promise<Cluster> {
  for (let attempt = 1; ; attempt++) {
    try {
      const cluster = await startPostgres({ folder, port, log: say });
      if (cluster.port === port) return cluster;
      await cluster.stop();
    } catch (error) {
      if (attempt === REVIVALS) throw error;
    }
    if (attempt === REVIVALS) throw new StartFault(`Postgres cannot have its port ${port} back.`);
    await pause(BETWEEN_REVIVALS_MS);
  }
}

/**
 * The embedded Postgres of a data folder, brought back when it dies.
 * @param lost told when it cannot be brought back
 */
export async function embeddedDatabase(folder: string, lost: (error: unknown) => void): Promise<Database> {
  let cluster = await startPostgres({ folder, log: say });
  let stopping = false;
  const { port } = cluster;
  const watch = async () => {
    await cluster.ended;
    if (stopping) return;
    say('Postgres ended unexpectedly: starting it again.');
    cluster = await revive(folder, port);
    if (stopping) await cluster.stop();
    else void watch().catch(lost);
  };
  void watch().catch(lost);
  const { rowCount } = await cluster.admin(`SELECT 1 FROM pg_database WHERE datname = '${NAME}'`);
  if (rowCount === 0) await cluster.admin(`CREATE DATABASE ${NAME}`);
  return {
    url: cluster.url(NAME),
    async stop() {
      stopping = true;
      await cluster.stop();
    },
  };
}

/** A database that is not ours to start or stop. @throws StartFault when it does not answer */
export async function givenDatabase(url: string): Promise<Database> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (error) {
    throw new StartFault(`The database of DATABASE_URL does not answer: ${(error as Error).message}`);
  } finally {
    await client.end().catch(() => undefined);
  }
  return { url, stop: async () => undefined };
}
