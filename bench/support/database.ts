import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { closePool } from '@/lib/db';
import { migrate } from '@/scripts/migrate/apply';
import { startPostgres } from '@/scripts/postgres/cluster';

/** Runs a benchmark on a Postgres of its own, durable as in production (fsync and synchronous_commit on), and throws it away. */
export async function withBenchDatabase(run: (url: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join('/var/tmp', 'hardstop-bench-'));
  const cluster = await startPostgres({ folder, settings: ['shared_buffers=256MB', 'max_wal_size=4GB'] });
  try {
    await cluster.admin('CREATE DATABASE bench');
    process.env.DATABASE_URL = cluster.url('bench');
    await migrate(cluster.url('bench'));
    await run(cluster.url('bench'));
  } finally {
    await closePool();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
