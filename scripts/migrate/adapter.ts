import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

const POSTGRES_CHAR = 18;
const POSTGRES_TEXT = 25;

/** Runs a migration file as one piece. The adapter's own way splits it at every `;`, which breaks function bodies; and a
 *  file that fails is then rolled back whole. The cause is rethrown in the form that the engine keeps. */
async function runWhole(pool: pg.Pool, script: string): Promise<void> {
  try {
    await pool.query(script);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new DriverAdapterError({
      kind: 'postgres',
      code: error.code ?? 'N/A',
      severity: error.severity ?? 'N/A',
      message: error.message,
      detail: error.detail,
      column: error.column,
      hint: error.hint,
      originalCode: error.code,
      originalMessage: error.message,
    });
  }
}

/** The catalogue's internal "char" type, which the adapter refuses: read as text, and told to the engine as a character. */
function readCharacters(pool: pg.Pool, names: Set<string>): void {
  const ask = pool.query.bind(pool) as unknown as (...question: unknown[]) => Promise<pg.QueryResult>;
  const query = async (...question: unknown[]) => {
    const result = await ask(...question);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== POSTGRES_CHAR) continue;
      field.dataTypeID = POSTGRES_TEXT;
      names.add(field.name);
    }
    return result;
  };
  Object.assign(pool, { query });
}

function mend(adapter: SqlDriverAdapter, pool: pg.Pool, characters: Set<string>): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    executeScript: (script: string) => runWhole(pool, script),
    queryRaw: async (query: Parameters<typeof queryRaw>[0]) => {
      const result = await queryRaw(query);
      const typeAt = (type: (typeof result.columnTypes)[number], at: number) =>
        type === ColumnTypeEnum.Text && characters.has(result.columnNames[at] ?? '') ? ColumnTypeEnum.Character : type;
      return { ...result, columnTypes: result.columnTypes.map(typeAt) };
    },
  });
}

/** Connections for the schema engine, and the way to end them all. */
export type EngineConnections = { factory: SqlMigrationAwareDriverAdapterFactory; end(): Promise<void> };

/**
 * Prisma's pg adapter with what the schema engine needs of it mended.
 * @param shadowUrl an empty database that a comparison may fill
 */
export function engineConnections(url: string, shadowUrl?: string): EngineConnections {
  const pools: pg.Pool[] = [];
  const connectTo = async (address: string): Promise<SqlDriverAdapter> => {
    const pool = new pg.Pool({ connectionString: address, max: 2, allowExitOnIdle: true }).on('error', () => undefined);
    const characters = new Set<string>();
    pools.push(pool);
    readCharacters(pool, characters);
    return mend(await new PrismaPg(pool).connect(), pool, characters);
  };
  return {
    factory: {
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      connect: () => connectTo(url),
      connectToShadowDb: () => {
        if (shadowUrl === undefined) throw new Error('This comparison needs an empty database: set SHADOW_DATABASE_URL.');
        return connectTo(shadowUrl);
      },
    },
    end: async () => void (await Promise.all(pools.map((pool) => pool.end()))),
  };
}
