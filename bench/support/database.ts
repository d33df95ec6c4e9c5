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

/** What a run of many callers gave: operations a second, and latencies in milliseconds. */
export type Rate = { perSecond: number; p50: number; p99: number };

/** Lets `callers` call in a loop for a while, after a warm-up. @param call one operation; counts as `weight` of them */
export async function rateOf(callers: number, secondsLong: number, call: (caller: number) => Promise<void>, weight = 1): Promise<Rate> {
  const latencies: number[] = [];
  const warmUntil = performance.now() + 500;
  const until = warmUntil + secondsLong * 1_000;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (performance.now() < until) {
        const began = performance.now();
        await call(caller);
        if (began >= warmUntil) latencies.push(performance.now() - began);
      }
    }),
  );
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
  return { perSecond: (latencies.length * weight) / secondsLong, p50: at(0.5) / weight, p99: at(0.99) / weight };
}
