import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/** Where the database is that an app keeps in its data folder. */
export function databaseOf(folder: string): { host: string; port: number; user: string; password: string; database: string } {
  const [, , , port] = readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n');
  const password = readFileSync(path.join(folder, 'postgres-password'), 'utf8');
  return { host: '127.0.0.1', port: Number(port), user: 'hardstop', password, database: 'hardstop' };
}

/** Asks the database that an app keeps in its data folder, as its owner could. Whole numbers come as text, exact. */
export async function askDatabase(folder: string, sql: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client(databaseOf(folder));
  await client.connect();
  return client.query(sql, values).finally(() => client.end());
}
