import type { Context } from '@/lib/context';
import { toIso } from '@/lib/kernel/instant';
import { type Column, namesOf, unnestOf, valuesOf } from '@/lib/ledger/columns';
import type { SpentCell } from './cells';
import { spentSql } from './from-ledger';

type Row = SpentCell & { periodId: string };

const COLUMNS: Column<Row>[] = [
  { name: 'period_id', type: 'text', of: (row) => row.periodId },
  { name: 'at', type: 'timestamptz', of: (row) => toIso(row.at) },
  { name: 'basis', type: 'text', of: (row) => row.basis },
  { name: 'price_ref', type: 'text', of: (row) => row.priceRef },
  { name: 'entries', type: 'int8', of: (row) => row.entries },
  { name: 'amount_nano', type: 'int8', of: (row) => row.amountNano },
  { name: 'fresh_at', type: 'timestamptz', of: (row) => toIso(row.freshAt) },
];

const ADD = `INSERT INTO period_spend AS s (org_id, ${namesOf(COLUMNS)}) SELECT $1, t.* FROM unnest(${unnestOf(COLUMNS, 2)}) AS t
  ON CONFLICT (org_id, period_id, at, basis, price_ref) DO UPDATE SET
    entries = s.entries + excluded.entries, amount_nano = s.amount_nano + excluded.amount_nano, fresh_at = greatest(s.fresh_at, excluded.fresh_at)`;

/** Adds what locked periods are charged with to their quarters of an hour: the lock on the period is the lock on them. */
export async function writeSpent(ctx: Context, rows: Row[]): Promise<void> {
  if (rows.length > 0) await ctx.tx.query(ADD, [ctx.orgId, ...valuesOf(COLUMNS, rows)], 'write_spent');
}

/** Fills periods that have just been made with what is on the books for their scope already. */
export async function fillSpent(ctx: Context, periodIds: string[]): Promise<void> {
  await ctx.tx.query(
    `INSERT INTO period_spend (org_id, ${namesOf(COLUMNS)}) SELECT $1, s.* FROM (${spentSql('p.org_id = $1 AND p.id = ANY($2)')}) s`,
    [ctx.orgId, periodIds],
  );
}
