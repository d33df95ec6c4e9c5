import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { SentRecord } from './records';

/**
 * The same rows by hand: one `INSERT … SELECT FROM unnest` a batch that feeds an hourly rollup from what it returns. The table keeps
 * every field that was sent and what it cost, finds a row by its id and by its hour. No prices, budgets, labels or second sources.
 * With `KEY`, a batch that is sent again changes nothing; without, it is booked twice.
 */
const TABLES = `
  DROP TABLE IF EXISTS straight_usage, straight_hour;
  CREATE TABLE straight_usage (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, org_id text NOT NULL, event_id text NOT NULL, occurred_at timestamptz NOT NULL,
    booked_at timestamptz NOT NULL, received_at timestamptz NOT NULL, kind text NOT NULL, workload text NOT NULL, feature text NOT NULL,
    provider text NOT NULL, model text NOT NULL, model_called text NOT NULL, traffic_stage text NOT NULL, customer text NOT NULL,
    tags jsonb NOT NULL, team text NOT NULL, cost_centre text NOT NULL, source text NOT NULL, response_id text, units jsonb NOT NULL,
    calls int NOT NULL, basis text NOT NULL, amount_nano int8 NOT NULL, price_ref text, latency_ms int, late bool NOT NULL, api_key_id text);
  CREATE INDEX ON straight_usage (org_id, booked_at);
  CREATE TABLE straight_hour (
    org_id text, hour timestamptz, workload text, feature text, provider text, model text, calls int8 NOT NULL, amount_nano int8 NOT NULL,
    PRIMARY KEY (org_id, hour, workload, feature, provider, model));`;

const KEY = 'CREATE UNIQUE INDEX ON straight_usage (org_id, event_id)';

const COLUMNS = `org_id, event_id, occurred_at, booked_at, received_at, kind, workload, feature, provider, model, model_called, traffic_stage,
  customer, tags, team, cost_centre, source, response_id, units, calls, basis, amount_nano, price_ref, latency_ms, late, api_key_id`;

const insert = (onConflict: string) => `
  WITH new AS (
    INSERT INTO straight_usage (${COLUMNS})
    SELECT 'org', * FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[], $7::text[],
      $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::jsonb[], $14::text[], $15::text[], $16::text[], $17::text[],
      $18::jsonb[], $19::int[], $20::text[], $21::int8[], $22::text[], $23::int[], $24::bool[], $25::text[])
    ${onConflict} RETURNING booked_at, workload, feature, provider, model, calls, amount_nano)
  INSERT INTO straight_hour AS r
  SELECT 'org', date_trunc('hour', booked_at), workload, feature, provider, model, sum(calls), sum(amount_nano) FROM new
   GROUP BY 2, 3, 4, 5, 6 ORDER BY 2, 3, 4, 5, 6
  ON CONFLICT (org_id, hour, workload, feature, provider, model)
  DO UPDATE SET calls = r.calls + excluded.calls, amount_nano = r.amount_nano + excluded.amount_nano`;

const INSERT_ONCE = insert('ON CONFLICT (org_id, event_id) DO NOTHING');
const INSERT_BLINDLY = insert('');

const columnsOf = (r: SentRecord): (string | number | boolean)[] => [
  ...[r.eventId, r.occurredAt, r.occurredAt, r.occurredAt, 'usage', r.workload, r.feature, r.provider, r.model, r.model],
  ...['production', r.customer, JSON.stringify(r.tags), '', '', 'api', r.responseId, JSON.stringify(r.units), 1, 'priced'],
  ...[r.units.input * 2_500 + r.units.output * 10_000, 'catalogue', r.latencyMs, false, 'key'],
];

const quoted = (value: string | number | boolean): string =>
  typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : String(value);

/** Arrays in Postgres' text form, which pg sends several times as fast as arrays of JavaScript. */
function arraysOf(records: readonly SentRecord[]): string[] {
  const rows = records.map(columnsOf);
  return (rows[0] ?? []).map((_, column) => `{${rows.map((row) => quoted(row[column] as string)).join(',')}}`);
}

/** Makes the tables anew, where each event comes once. */
export const makeTables = (client: Pick<pg.ClientBase, 'query'>): Promise<unknown> => client.query(`${TABLES} ${KEY}`);

/** Writes a batch, each event once. */
export const writeOnce = (client: Pick<pg.ClientBase, 'query'>, records: readonly SentRecord[]): Promise<unknown> =>
  client.query({ name: 'once', text: INSERT_ONCE, values: arraysOf(records) });

async function measured(
  connections: pg.Client[],
  batches: number,
  records: number,
  write: (client: pg.Client, batch: number) => Promise<unknown>,
) {
  let next = 0;
  const began = performance.now();
  await Promise.all(
    connections.map(async (client) => {
      while (next < batches) await write(client, next++);
    }),
  );
  return (records * 1_000) / (performance.now() - began);
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await work(client).finally(() => client.end());
}

/** Records a second, each with the best number of connections. */
export type Straight = {
  /** By `unnest` with the rollup, each event once. */
  unnest: number;
  /** The same without looking whether an event has come before. */
  blind: number;
  /** Bare COPY of the same rows from a file. */
  copy: number;
};

/** Measures what SQL by hand gives on the same rows; leaves empty tables where each event comes once. */
export async function straight(url: string, batches: readonly SentRecord[][]): Promise<Straight> {
  const records = batches.reduce((sum, batch) => sum + batch.length, 0);
  const files = batches.map((batch, i) => {
    const file = path.join('/var/tmp', `hardstop-bench-${process.pid}-${i}.tsv`);
    const lines = batch.map((each) => ['org', ...columnsOf(each)].join('\t'));
    return { file, text: `${lines.join('\n')}\n` };
  });
  for (const { file, text } of files) writeFileSync(file, text, { mode: 0o644 });
  const best: Straight = { unnest: 0, blind: 0, copy: 0 };
  for (const count of [1, 2, 4]) {
    const connections = Array.from({ length: count }, () => new pg.Client({ connectionString: url }));
    await Promise.all(connections.map((each) => each.connect()));
    await connections[0]?.query(TABLES);
    const blind = await measured(connections, batches.length, records, (client, i) =>
      client.query({ name: 'blindly', text: INSERT_BLINDLY, values: arraysOf(batches[i] as SentRecord[]) }),
    );
    await makeTables(connections[0] as pg.Client);
    const unnest = await measured(connections, batches.length, records, (client, i) => writeOnce(client, batches[i] as SentRecord[]));
    await connections[0]?.query(TABLES);
    const copy = await measured(connections, batches.length, records, (client, i) =>
      client.query(`COPY straight_usage (${COLUMNS}) FROM '${files[i]?.file}'`),
    );
    await Promise.all(connections.map((each) => each.end()));
    best.blind = Math.max(best.blind, blind);
    best.unnest = Math.max(best.unnest, unnest);
    best.copy = Math.max(best.copy, copy);
  }
  for (const { file } of files) rmSync(file);
  await withClient(url, makeTables);
  return best;
}
