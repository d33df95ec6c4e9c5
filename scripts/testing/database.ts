import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { closePool } from '@/lib/db';
import { closeHub } from '@/lib/event/hub';
import { TEMPLATE } from './global-setup';

async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/**
 * Gives a test file a migrated database of its own: call it once, at the top. `lib/db` opens its pool when first asked,
 * so it finds this one.
 * @returns its address, for what needs a connection beside the pool (a killed process, a second one)
 */
export function useDatabase(): string {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(inject('postgresUrl'));
  url.pathname = name;
  process.env.DATABASE_URL = url.href;
  beforeAll(() => admin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`));
  afterAll(async () => {
    await closeHub();
    await closePool();
    await admin(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  return url.href;
}
