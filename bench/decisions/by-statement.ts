import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Calls } from '../support/rate';

/**
 * The alternative: one guarded statement for each decision, by hand, in SQL, on tables with nothing but what it needs. It locks the
 * rows in id order, refuses past the limit, is idempotent by key, and a settlement books the call: what a careful engineer writes first.
 */
const TABLES = `
  CREATE TABLE plain_budget (id int PRIMARY KEY, ceiling int8 NOT NULL, charged int8 NOT NULL, held int8 NOT NULL) WITH (fillfactor = 50);
  CREATE TABLE plain_hold (id text PRIMARY KEY, held int8 NOT NULL, settled int8);
  CREATE TABLE plain_ledger (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, hold_id text, model text, units jsonb, amount int8, at timestamptz);`;

const AUTHORIZE = `
  WITH locked AS (SELECT id, ceiling - charged - held AS room FROM plain_budget WHERE id = ANY($1) ORDER BY id FOR UPDATE),
       fits AS (SELECT bool_and(room >= $2) AS ok FROM locked),
       held AS (INSERT INTO plain_hold (id, held) SELECT $3, $2 FROM fits WHERE ok ON CONFLICT DO NOTHING RETURNING 1),
       moved AS (UPDATE plain_budget b SET held = b.held + $2 FROM locked WHERE b.id = locked.id AND EXISTS (SELECT FROM held) RETURNING 1)
  SELECT (SELECT count(*) FROM moved) AS moved`;

const SETTLE = `
  WITH settled AS (UPDATE plain_hold SET settled = $3 WHERE id = $2 AND settled IS NULL RETURNING held),
       locked AS (SELECT id FROM plain_budget WHERE id = ANY($1) ORDER BY id FOR UPDATE),
       booked AS (INSERT INTO plain_ledger (hold_id, model, units, amount, at)
                  SELECT $2, 'gpt-4o', '{"input": 400, "output": 100}', $3, clock_timestamp() FROM settled RETURNING 1)
  UPDATE plain_budget b SET held = b.held - settled.held, charged = b.charged + $3 FROM settled, locked WHERE b.id = locked.id`;

/** Makes the tables with `levels` budgets. @returns calls by one statement for each decision through a pool of a given size */
export async function byStatement(url: string, levels: number): Promise<(size: number) => Calls & { end(): Promise<void> }> {
  const setup = new pg.Client({ connectionString: url });
  await setup.connect();
  await setup.query(`DROP TABLE IF EXISTS plain_budget, plain_hold, plain_ledger; ${TABLES}`);
  await setup.query(`INSERT INTO plain_budget SELECT g, ${10n ** 18n}, 0, 0 FROM generate_series(1, ${levels}) g`);
  await setup.end();
  const ids = Array.from({ length: levels }, (_, i) => i + 1);
  return (size) => {
    const pool = new pg.Pool({ connectionString: url, max: size }).on('error', () => undefined);
    return {
      async authorize() {
        const hold = randomBytes(12).toString('hex');
        await pool.query({ name: 'authorize', text: AUTHORIZE, values: [ids, 7_500_000, hold] });
        return hold;
      },
      settle: async (hold) => void (await pool.query({ name: 'settle', text: SETTLE, values: [ids, hold, 2_000_000] })),
      end: () => pool.end(),
    };
  };
}
