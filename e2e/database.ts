import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/** Asks the database that an app keeps in its data folder, as its owner could. Whole numbers come as text, exact. */
export async function askDatabase(folder: string, sql: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const [, , , port] = readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n');
  const password = readFileSync(path.join(folder, 'postgres-password'), 'utf8');
  const client = new pg.Client({ host: '127.0.0.1', port: Number(port), user: 'hardstop', password, database: 'hardstop' });
  await client.connect();
  return client.query(sql, values).finally(() => client.end());
}
