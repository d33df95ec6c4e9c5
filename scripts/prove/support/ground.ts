import { mkdtempSync, rmSync } from 'node:fs';
import { budgetChange } from '@/lib/budget/schema';
import { closePool, reader } from '@/lib/db';
import { changeBudget } from '@/lib/spend/limit/change-budget';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { migrate } from '@/scripts/migrate/apply';
import { type Cluster, startPostgres } from '@/scripts/postgres/cluster';
import { Client } from './client';
import { type AppProcess, appProcesses, restarted } from './processes';
import { Wire } from './wire';

/** What is attacked: a database, app processes that reach it by a wire that can fail, an organisation, and a client for its callers. */
export type Ground = {
  org: TestOrg;
  wire: Wire;
  apps: AppProcess[];
  client: Client;
  /** Its address without the wire. */
  databaseUrl: string;
  /** Ends the database as the kernel would. */
  killDatabase(): Promise<void>;
  /** Starts it where it was. */
  startDatabase(): Promise<void>;
  end(): Promise<void>;
};

/** Makes one: two processes, and every standing budget gives leases, else nobody could. This process asks the same database. */
export async function openGround(prepare: () => Promise<unknown>): Promise<Ground> {
  const folder = mkdtempSync('/var/tmp/hardstop-prove-');
  let cluster: Cluster = await startPostgres({ folder });
  await cluster.admin('CREATE DATABASE prove');
  const url = new URL(cluster.url('prove'));
  const databaseUrl = url.href;
  Object.assign(process.env, { DATABASE_URL: databaseUrl, AUTH_SECRET: 'kY3vTnq8ZrW1mXoB6uJd0fLhPa5sCeGi' });
  await migrate(databaseUrl);
  await prepare();
  const org = await anOrg();
  await lendFromAll(org);
  const wire = new Wire(cluster.port);
  url.port = String(await wire.open());
  const apps = await appProcesses(2, { DATABASE_URL: url.href, HARDSTOP_DATA_DIR: folder, HARDSTOP_CLOCK_FILE: '' });
  const client = new Client(apps, { '/api/v1/usage': org.keys['usage:write'].secret, '/api/v1/': org.keys['spend:authorize'].secret });
  return {
    ...{ org, wire, apps, client, databaseUrl },
    killDatabase: () => cluster.kill(),
    async startDatabase() {
      cluster = await restarted(folder, cluster.port);
    },
    async end() {
      client.close();
      await Promise.all(apps.map((app) => app.kill()));
      await closePool();
      await wire.close();
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function lendFromAll(org: TestOrg): Promise<void> {
  const budgets = await reader().query<{ id: string }>('SELECT id FROM budget WHERE org_id = $1', [org.orgId]);
  const change = budgetChange.parse({ leases: true });
  for (const { id } of budgets) await org.run((ctx) => changeBudget(ctx, { id, ifMatch: null, change }));
}
