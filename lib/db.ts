import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '@/prisma/generated/client';
import { connectionOptions, SHORT } from './db/connection';
import { sendTogether } from './db/wire';

/** Values as pg takes them: a bigint goes out as int8, an Instant as `toIso(at)`, an object as jsonb, an array as a Postgres array. */
export type Value = string | number | bigint | boolean | null | Uint8Array | object;

/** Something that answers SQL: a transaction, or the pool for reads that need none. Rows come back with int8 as bigint,
 *  numeric as string, timestamptz as Instant (µs) and date as `YYYY-MM-DD`. */
export interface Tx {
  /** @param name gives the statement a name, so that the connection parses and plans it once: for statements asked all day. */
  query<Row>(sql: string, values?: Value[], name?: string): Promise<Row[]>;
}

/** The connection was lost inside COMMIT: whether it was done is unknown until someone looks. */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown';
}

// Next bundles lib a second time: what must exist once a process lives on globalThis.
const held = globalThis as { hardstopPool?: pg.Pool; hardstopDecisions?: pg.Pool; hardstopPrisma?: PrismaClient };

/** Connections that were lost: what is sent on them reaches nobody. */
const lost = new WeakSet<object>();

type PoolName = 'hardstopPool' | 'hardstopDecisions';

/**
 * Statements that wait for no answer of each other's travel together (`together`), and are still done in the order they were sent.
 * A connection that is lost says so by an event; unheard, it would end the process, also while a transaction is between two
 * statements. The next statement on it fails, which is how whoever uses it learns. What has taken one may have taken all, and said
 * nothing of it: whoever comes next finds new ones.
 */
function openPool(name: PoolName, config: pg.PoolConfig): pg.Pool {
  const opened = new pg.Pool({ ...config, pipeline: true });
  const lose = () => {
    if (held[name] !== opened) return;
    held[name] = undefined;
    void opened.end();
  };
  return opened.on('error', lose).on('connect', (client) => {
    client.on('error', () => {
      lost.add(client);
      lose();
    });
  });
}

/** The process's connections, opened when first asked for. */
export function pool(): pg.Pool {
  held.hardstopPool ??= openPool('hardstopPool', { ...connectionOptions(), max: 10 });
  return held.hardstopPool;
}

/**
 * Connections of the decision batch alone, so that no page or export keeps a decision waiting. Its statements touch a few rows by
 * their keys whatever the tables' size, and are planned once, often while the tables are still empty: index scans and nested loops
 * are the right plan then and later, so the planner is left no other.
 */
export function decisionPool(): pg.Pool {
  const { options, ...rest } = connectionOptions(SHORT);
  const plans = `${options} -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off`;
  held.hardstopDecisions ??= openPool('hardstopDecisions', { ...rest, options: plans, max: 4 });
  return held.hardstopDecisions;
}

/**
 * Prisma over the same database: for ordinary lists behind pages. Writes go through `transaction`, the one kind there is. A Date is
 * cut to milliseconds: what is compared, hashed or answered elsewhere to the microsecond is read by SQL.
 */
export function prisma(): PrismaClient {
  const { types: _, ...connection } = connectionOptions();
  held.hardstopPrisma ??= new PrismaClient({ adapter: new PrismaPg({ ...connection, max: 5 }) });
  return held.hardstopPrisma;
}

/** Ends all connections (a process that stops, a test file that ends). */
export async function closePool(): Promise<void> {
  const { hardstopPool, hardstopDecisions, hardstopPrisma } = held;
  held.hardstopPool = undefined;
  held.hardstopDecisions = undefined;
  held.hardstopPrisma = undefined;
  await Promise.all([hardstopPool?.end(), hardstopDecisions?.end(), hardstopPrisma?.$disconnect()]);
}

/** Wraps a pg client or pool as a `Tx`. */
export function txOf(client: Pick<pg.ClientBase, 'query'>): Tx {
  return {
    async query<Row>(sql: string, values: Value[] = [], name?: string): Promise<Row[]> {
      sendTogether(client);
      const result = await client.query(name === undefined ? { text: sql, values } : { text: sql, values, name });
      return result.rows as Row[];
    },
  };
}

/** A transaction whose first statement goes behind another one: locks that a transaction needs only if it asks or writes something before it comes to them. */
export function behind(tx: Tx, first: () => Promise<unknown>): Tx {
  let done: Promise<unknown> | undefined;
  return {
    async query<Row>(sql: string, values?: Value[], name?: string): Promise<Row[]> {
      done ??= first();
      await done;
      return tx.query<Row>(sql, values, name);
    },
  };
}

/** Reads outside a transaction: each statement sees what was committed when it began. */
export const reader = (): Tx => txOf(pool() as unknown as pg.ClientBase);

/** SQLSTATE of whatever follows an error inside a transaction: it says nothing of what went wrong. */
const AFTER_AN_ERROR = '25P02';

/**
 * Does pieces of work of one transaction together, and waits for all of them also where one fails: none may send another statement
 * once the transaction is rolled back, for it would be done outside of any. @throws what failed, not what followed from it
 */
export async function together<Results extends unknown[]>(
  work: { [each in keyof Results]: Promise<Results[each]> | Results[each] },
): Promise<Results> {
  const ended = await Promise.allSettled(work);
  const errors = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  if (errors.length > 0) throw errors.find((error) => (error as { code?: string } | null)?.code !== AFTER_AN_ERROR) ?? errors[0];
  return ended.map((each) => (each as PromiseFulfilledResult<unknown>).value) as Results;
}

/** The one row of an answer that must have exactly one. */
export function only<Row>(rows: Row[]): Row {
  if (rows.length !== 1) throw new Error(`expected one row, Postgres answered ${rows.length}`);
  return rows[0] as Row;
}

/**
 * Runs `work` in one transaction: all of it is there afterwards, or nothing.
 * @throws OutcomeUnknown when the connection was lost in COMMIT; otherwise whatever `work` or Postgres threw, after ROLLBACK.
 */
export async function transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(txOf(client));
    await commit(client);
    return result;
  } catch (error) {
    if (error instanceof OutcomeUnknown) broken = error;
    else
      await client.query('ROLLBACK').catch((lost: Error) => {
        broken = lost;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Postgres said no: whatever the statement was, it was not done. */
const isRefusal = (error: unknown): error is { code: string } => {
  const { code, severity } = (error ?? {}) as { code?: string; severity?: string };
  return severity === 'ERROR' && code !== undefined;
};

/**
 * COMMIT, sent behind the transaction's last statements without waiting for them: where one of them is refused, Postgres rolls back
 * instead. Tells what Postgres refused (nothing is done) from a connection lost on the way (nobody knows).
 * @param last statements that have been sent and not been answered yet; none may be sent later
 */
export async function commit(client: Pick<pg.ClientBase, 'query'>, last: Promise<unknown>[] = []): Promise<void> {
  if (lost.has(client))
    throw new Error('the connection was lost before COMMIT was sent', { cause: await together(last).catch((error) => error) });
  const [done, ...before] = await Promise.allSettled([client.query('COMMIT'), ...last]);
  const errors = before.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  if (errors.some(isRefusal)) throw errors.find((error) => isRefusal(error) && error.code !== AFTER_AN_ERROR) ?? errors[0];
  // Class 57 is the server going away under us: the commit may have been written before it went.
  if (done.status === 'rejected' && isRefusal(done.reason) && !done.reason.code.startsWith('57')) throw done.reason;
  if (done.status === 'rejected') throw new OutcomeUnknown('the connection was lost while committing', { cause: done.reason });
  if (errors.length > 0 || done.value.command !== 'COMMIT')
    throw new Error(`COMMIT was answered by ${done.value.command}`, { cause: errors[0] });
}
