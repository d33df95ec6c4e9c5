import { only, type Tx } from '@/lib/db';
import type { Books } from './entry';
import { expectedRollups } from './expected';
import { OTHER } from './label-values';

/** A figure that is not what the ledger's rows add up to. Nano-dollars, or units where `what` says so. */
export type Difference = { what: string; key: Record<string, string>; ledger: string; kept: string };

/** What a proof found: how many rows the ledger has and what they add up to, and every difference (the first hundred of each kind). */
export type Proof = { entries: bigint; ledgerNano: bigint; differences: Difference[] };

const MOST = 100;
const CUT = ['workload', 'feature', 'provider', 'model', 'traffic_stage'];

const ROLLUPS = [
  { what: 'hour', table: 'rollup_hour', keys: ['hour', ...CUT, 'basis'], sums: ['calls', 'amount_nano'] },
  { what: 'day', table: 'rollup_day', keys: ['day', ...CUT, 'basis'], sums: ['calls', 'amount_nano'] },
  { what: 'unit', table: 'rollup_unit', keys: ['grain', 'at', ...CUT, 'unit'], sums: ['quantity'] },
] as const;

/**
 * Adds the ledger up anew and compares every cell of every rollup. Call it in a REPEATABLE READ transaction, so that all of it is
 * of one moment.
 */
export async function proveRollups(tx: Tx, books: Books): Promise<Proof> {
  await tx.query('SET LOCAL statement_timeout = 0');
  await tx.query(`SET LOCAL work_mem = '64MB'`);
  const { entries, nano } = only(
    await tx.query<{ entries: bigint; nano: bigint }>(
      'SELECT count(*) AS entries, coalesce(sum(amount_nano), 0)::int8 AS nano FROM ledger_entry WHERE org_id = $1',
      [books.orgId],
    ),
  );
  const differences: Difference[] = [];
  for (const rollup of ROLLUPS) differences.push(...(await compare(tx, books, rollup)));
  differences.push(...(await compareLabels(tx, books)));
  return { entries, ledgerNano: nano, differences };
}

type Rollup = { what: 'hour' | 'day' | 'unit' | 'label'; table: string; keys: readonly string[]; sums: readonly string[]; where?: string };

/** Cells that are in one but not in the other count as 0 where they are missing. */
async function compare(tx: Tx, books: Books, { what, table, keys, sums, where = 'true' }: Rollup): Promise<Difference[]> {
  const expected = await expectedRollups(tx, books);
  const none = `SELECT ${[...keys, ...sums].join(', ')} FROM ${table} WHERE false`;
  const [all, of, values] = expected ? [`${expected.with}, `, expected[what], expected.values] : ['', none, [books.orgId]];
  const differs = sums.map((sum) => `coalesce(e.${sum}, 0) <> coalesce(k.${sum}, 0)`).join(' OR ');
  const told = (side: string): string => `concat_ws(' / ', ${sums.map((sum) => `coalesce(${side}.${sum}, 0)::text`).join(', ')})`;
  return tx.query<Difference>(
    `WITH ${all}expected AS (${of}), kept AS (SELECT * FROM ${table} WHERE org_id = $1)
     SELECT '${what}' AS what, jsonb_build_object(${keys.map((key) => `'${key}', ${key}::text`).join(', ')}) AS key, ${told('e')} AS ledger, ${told('k')} AS kept
       FROM expected e FULL JOIN kept k USING (${keys.join(', ')}) WHERE (${differs}) AND (${where}) LIMIT ${MOST}`,
    values,
  );
}

/**
 * Labels cell by cell; on days where a label has more values than are kept apart, which values came first is history, so there
 * the sum over all values must be right.
 */
async function compareLabels(tx: Tx, books: Books): Promise<Difference[]> {
  const keys = ['day', 'label', 'value', 'workload', 'model', 'basis'];
  const sums = ['calls', 'amount_nano'];
  const full = `EXISTS (SELECT FROM rollup_label o WHERE o.org_id = $1 AND o.day = coalesce(e.day, k.day) AND o.label = coalesce(e.label, k.label) AND o.value = '${OTHER}')`;
  const cells = await compare(tx, books, { what: 'label', table: 'rollup_label', keys, sums, where: `NOT ${full}` });
  const totals = await tx.query<Difference>(
    `SELECT 'label' AS what, jsonb_build_object('day', d.day::text, 'label', l.label) AS key, d.nano::text AS ledger, l.nano::text AS kept
       FROM (SELECT day, sum(amount_nano) AS nano FROM rollup_day WHERE org_id = $1 GROUP BY day) d
       JOIN (SELECT day, label, sum(amount_nano) AS nano FROM rollup_label WHERE org_id = $1 GROUP BY day, label) l USING (day)
      WHERE d.nano <> l.nano LIMIT ${MOST}`,
    [books.orgId],
  );
  return [...cells, ...totals];
}
