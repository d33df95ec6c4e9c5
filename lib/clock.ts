import { readFileSync } from 'node:fs';
import { env } from './env';
import { fromDate, type Instant, instant, parseInstant } from './kernel/instant';

/** Whatever can ask the database one question: a transaction, or the reader. */
export interface Asks {
  query<Row>(sql: string): Promise<Row[]>;
}

/** The time a test wrote down, read anew each time; null where no test moves the clock. */
function handedIn(): Instant | null {
  const file = env().HARDSTOP_CLOCK_FILE;
  if (file === undefined) return null;
  const text = readFileSync(file, 'utf8').trim();
  const at = parseInstant(text);
  if (at === null)
    throw new Error(`HARDSTOP_CLOCK_FILE holds "${text}", which is not an ISO time with an offset such as 2026-11-24T10:15:00Z.`);
  return at;
}

/**
 * What time it is, by the database's clock, so that all processes agree whatever their machines say.
 * Inside a transaction it is the time of asking, not of its beginning: two changes to one row that wait for each other
 * get times in the order in which they were made.
 */
export async function readClock(tx: Asks): Promise<Instant> {
  const given = handedIn();
  if (given !== null) return given;
  const [row] = await tx.query<{ micros: string }>(`SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint::text AS micros`);
  if (row === undefined) throw new Error('The database did not say what time it is.');
  return instant(Number(row.micros));
}

/** The SQL expression (timestamptz) a batch puts into a statement it sends anyway, instead of asking apart;
 *  null when a test hands the time in: then `readClock` answers without the database. */
export const clockSql = (): string | null => (env().HARDSTOP_CLOCK_FILE === undefined ? 'clock_timestamp()' : null);

/** This machine's own idea of the time, to the millisecond: for what needs no agreement (a log line, a cache's age). */
export const localClock = (): Instant => handedIn() ?? fromDate(new Date());
