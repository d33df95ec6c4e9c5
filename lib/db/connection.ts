import type pg from 'pg';
import { databaseUrl } from '@/lib/env';
import { types } from './wire';

/** How long to connect, how long a statement may take until Postgres ends it, and how long nothing may be heard until a connection is given up. */
export type Patience = { connectMs: number; statementMs: number; silenceMs: number };

/** Where people and jobs wait: exports, long pages. A check of the whole ledger takes off the first limit, and stays under the second. */
const LONG: Patience = { connectMs: 5_000, statementMs: 60_000, silenceMs: 15 * 60_000 };
/** Where programs wait: what cannot be decided by then is told so. */
export const SHORT: Patience = { connectMs: 2_000, statementMs: 5_000, silenceMs: 6_000 };

// Next bundles lib a second time: what must exist once a process lives on globalThis.
const held = globalThis as { hardstopPatience?: Patience };

/** Makes this process one that programs wait for; call it before the first connection. */
export function answerSoon(): void {
  held.hardstopPatience = SHORT;
}

/**
 * How every connection speaks: UTC times, our own parsers, durable commits, and no statement that hangs for ever, whether Postgres is
 * slow or nothing of it is heard. Of a process that says no more, Postgres ends the transaction, so that its locks hold up nobody.
 */
export function connectionOptions({ connectMs, statementMs, silenceMs } = held.hardstopPatience ?? LONG): pg.PoolConfig {
  return {
    connectionString: databaseUrl(),
    types,
    options: `-c TimeZone=UTC -c statement_timeout=${statementMs} -c idle_in_transaction_session_timeout=${statementMs} -c jit=off`,
    connectionTimeoutMillis: connectMs,
    query_timeout: silenceMs,
    keepAlive: true,
  };
}
