import type { Tx } from '@/lib/db';
import type { Books } from './entry';
import { expectedRollups } from './expected';
import { forgetLabelValues } from './label-values';

const TABLES = ['rollup_hour', 'rollup_day', 'rollup_unit', 'rollup_label'] as const;
const KINDS = { rollup_hour: 'hour', rollup_day: 'day', rollup_unit: 'unit', rollup_label: 'label' } as const;

/**
 * Makes an organisation's rollups anew from the ledger: when its zone moves (hours and days are cut by it) or a tag is registered.
 * Call it with the budget set locked alone, with the calendar and tags as they will be.
 */
export async function rebuildRollups(tx: Tx, books: Books): Promise<void> {
  // A ledger of millions takes longer than a statement otherwise may.
  await tx.query('SET LOCAL statement_timeout = 0');
  await tx.query(`SET LOCAL work_mem = '64MB'`);
  for (const table of TABLES) await tx.query(`DELETE FROM ${table} WHERE org_id = $1`, [books.orgId]);
  const expected = await expectedRollups(tx, books);
  if (expected) {
    const { with: all, values } = expected;
    for (const table of TABLES)
      await tx.query(`WITH ${all} INSERT INTO ${table} SELECT $1, x.* FROM (${expected[KINDS[table]]}) AS x`, values);
  }
  await tx.query('SET LOCAL statement_timeout = DEFAULT');
  await tx.query('SET LOCAL work_mem = DEFAULT');
  forgetLabelValues();
}
