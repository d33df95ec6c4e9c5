import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { reader } from '@/lib/db';
import { openDoor } from '@/lib/http/door';
import { Fault } from '@/lib/kernel/fault';
import { registry } from '@/lib/metrics';

const tag = 'Health';

export const getLive = openDoor({
  method: 'GET',
  path: '/api/health/live',
  right: 'anyone',
  tag,
  summary: 'Whether the process answers.',
  hot: true,
  answer: z.object({ status: z.literal('ok') }),
  run: async () => ({ status: 'ok' as const }),
});

/** Migrations that this program brings and the database does not have. */
async function missingMigrations(): Promise<string[]> {
  const folders = await readdir(path.join(process.cwd(), 'prisma/migrations'), { withFileTypes: true });
  const wanted = folders.filter((each) => each.isDirectory()).map((each) => each.name);
  const done = await reader().query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const names = new Set(done.map((each) => each.migration_name));
  return wanted.filter((name) => !names.has(name));
}

export const getReady = openDoor({
  method: 'GET',
  path: '/api/health/ready',
  right: 'anyone',
  tag,
  summary: 'Whether it can do its work: the database answers and has every migration.',
  answer: z.object({ status: z.literal('ok'), database: z.literal('ok'), migrations: z.literal('ok') }),
  async run() {
    const missing = await missingMigrations();
    if (missing.length > 0)
      throw new Fault('database.not_migrated', `The database misses ${missing.join(', ')}: start once to apply them.`);
    return { status: 'ok' as const, database: 'ok' as const, migrations: 'ok' as const };
  },
});

export const getMetrics = openDoor({
  method: 'GET',
  path: '/api/metrics',
  right: 'anyone',
  tag,
  summary: 'How the process is doing, as Prometheus text; nothing about organisations.',
  hot: true,
  answer: z.string(),
  run: async () => new Response(await registry().metrics(), { headers: { 'content-type': registry().contentType } }),
});
