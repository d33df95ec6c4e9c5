import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../migrate/apply';
import { startPostgres } from '../postgres/cluster';

declare module 'vitest' {
  interface ProvidedContext {
    /** The maintenance database of the tests' own Postgres. */
    postgresUrl: string;
  }
}

/** The migrated database that each test file gets a copy of. */
export const TEMPLATE = 'template_migrated';

/** One Postgres for the whole run, thrown away after it (so it need not wait for the disk), and one template, migrated once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-test-'));
  const cluster = await startPostgres({ folder, settings: ['fsync=off', 'full_page_writes=off', 'autovacuum=off'] });
  await cluster.admin(`CREATE DATABASE ${TEMPLATE}`);
  await migrate(cluster.url(TEMPLATE));
  await cluster.admin(`ALTER DATABASE ${TEMPLATE} WITH is_template true allow_connections false`);
  project.provide('postgresUrl', cluster.url('postgres'));
  return async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
