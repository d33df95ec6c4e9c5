import { only, type Tx } from '@/lib/db';
import type { Calendar } from '@/lib/kernel/period';
import type { Books } from '@/lib/ledger/entry';

/** How an organisation's ledger is cut: its calendar and its registered tags, as they are now. */
export async function booksOf(tx: Tx, orgId: string): Promise<Books> {
  const row = only(
    await tx.query<{ zone: string; week_start: number; fiscal_year_start: number; label_tags: string[] }>(
      'SELECT zone, week_start, fiscal_year_start, label_tags FROM organisation WHERE id = $1',
      [orgId],
      'books',
    ),
  );
  const calendar = { zone: row.zone, weekStart: row.week_start, fiscalYearStart: row.fiscal_year_start } as Calendar;
  return { orgId, calendar, labelTags: row.label_tags };
}
