import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A migration as it lies in `prisma/migrations`; the checksum is Prisma's: SHA-256 of the file, in hex. */
export type Migration = { name: string; sql: string; checksum: string };

/** The text of prisma/schema.prisma. */
export const readSchema = (root = ROOT): Promise<string> => readFile(path.join(root, 'prisma/schema.prisma'), 'utf8');

/** All migrations, oldest first. */
export async function readMigrations(root = ROOT): Promise<Migration[]> {
  const folder = path.join(root, 'prisma/migrations');
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** The migrations in the form that the schema engine takes. */
export const engineList = (migrations: Migration[], root = ROOT) => ({
  baseDir: path.join(root, 'prisma/migrations'),
  lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
  shadowDbInitScript: '',
  migrationDirectories: migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
  })),
});
