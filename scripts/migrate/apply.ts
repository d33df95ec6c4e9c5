import pg from 'pg';
import { withEngine } from './engine';
import { engineList, type Migration, readMigrations, readSchema } from './files';

const FILTERS = { externalTables: [], externalEnums: [] };
// Any number, the same in every version of the program.
const LOCK = 7_251_180_394;

/** The database's history and the files disagree; the message says what to do. */
export class MigrationFault extends Error {
  override name = 'MigrationFault';
}

async function checkHistory(client: pg.Client, migrations: Migration[]): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`);
  if (!rows[0]?.there) return;
  const history = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const files = new Map(migrations.map((each) => [each.name, each]));
  for (const { name, checksum, finished } of history.rows) {
    const file = files.get(name);
    if (file === undefined)
      throw new MigrationFault(`The database has the migration ${name}, which this version does not: it belongs to a newer one.`);
    if (finished && file.checksum !== checksum)
      throw new MigrationFault(`The migration ${name} was edited after this database had it: restore the file, and write a new migration.`);
  }
}

/**
 * Brings a database to this version's tables. Processes that start at once wait for each other, and each file is
 * there whole or not at all.
 * @returns the names that were applied now @throws MigrationFault when the history is not this version's
 */
export async function migrate(url: string, root?: string): Promise<string[]> {
  const migrations = await readMigrations(root);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await checkHistory(client, migrations);
    const schema = await readSchema(root);
    const applied = await withEngine({ url, schema }, (engine) =>
      engine.applyMigrations({ migrationsList: engineList(migrations, root), filters: FILTERS }),
    );
    return applied.appliedMigrationNames;
  } finally {
    await client.end();
  }
}

/**
 * What schema.prisma says that the migrations do not make, as SQL; empty when they agree.
 * @param shadowUrl an empty database, which is filled
 */
export async function drift(url: string, shadowUrl: string, root?: string): Promise<string> {
  const [migrations, schema] = await Promise.all([readMigrations(root), readSchema(root)]);
  const result = await withEngine({ url, shadowUrl, schema }, (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...engineList(migrations, root) },
      to: { tag: 'schemaDatamodel', files: [{ path: 'prisma/schema.prisma', content: schema }] },
      script: true,
      exitCode: true,
      filters: FILTERS,
    }),
  );
  return result.exitCode === 0 ? '' : (result.stdout ?? '');
}
