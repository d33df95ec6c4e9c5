import type { Metadata } from 'next';
import { parseAsString } from 'nuqs/server';
import { PageHeader } from '@/components/shell/page-header';
import { rangeWords, signOf } from '@/components/spend/finding';
import { RecordsTable } from '@/components/spend/records-table';
import { exploreHref, recordsHref } from '@/components/spend/view/addresses';
import { explored, selectionQuery } from '@/components/spend/view/question';
import { loadView } from '@/components/spend/view/state';
import { dimensionName, valueName } from '@/components/spend/view/words';
import { ButtonLink } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { EmptyState } from '@/components/ui/states';
import { Pagination } from '@/components/ui/table/pagination';
import { pageCaller } from '@/lib/auth/page';
import { booksOf } from '@/lib/insight/books';
import { readSpend, readUsage } from '@/lib/insight/reads';
import { spendQuery, usageQuery } from '@/lib/insight/schema';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { formatDayRange } from '@/lib/kernel/format-time';

export const metadata: Metadata = { title: 'Spend records' };

const PER_PAGE = 50;

/** The ledger rows behind a figure of Explore, with a file of all of them. */
export default async function RecordsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { ctx } = await pageCaller('spend.read');
  const search = await searchParams;
  const view = loadView(search);
  const cursor = parseAsString.parseServerSide(search.cursor);
  const { calendar } = await booksOf(ctx.tx, ctx.orgId);
  const asked = explored(view, calendar, ctx.now);
  const selection = selectionQuery(asked.range, asked.where);
  const query = Object.fromEntries(selection);
  const [{ total }, records] = await Promise.all([
    readSpend(ctx, spendQuery.parse(query)),
    readUsage(ctx, usageQuery.parse({ ...query, limit: String(PER_PAGE), ...(cursor ? { cursor } : {}) })),
  ]);
  const words = rangeWords(view, asked, calendar.zone);
  const filters = asked.where.map(
    ({ dimension, values }) => `${dimensionName(dimension)} ${values.map((value) => valueName(dimension, value)).join(' or ')}`,
  );
  const calls = total.calls === 1 ? '1 call' : `${formatCount(total.calls)} calls`;
  return (
    <>
      <PageHeader
        trail={[{ label: 'Spend', href: exploreHref(view) }, { label: 'Records' }]}
        note={[formatDayRange(asked.range.from, asked.range.to, calendar.zone), ...filters, calendar.zone].join(', ')}
        title={
          total.calls === 0 && records.items.length === 0
            ? `No row was booked ${words}${filters.length > 0 ? ' that these filters let through' : ''}.`
            : `${calls} made ${formatMoney(total.actualNanoUsd, { sign: signOf(total) })} ${words}; these are their rows.`
        }
        actions={
          <ButtonLink small icon="download" prefetch={false} href={`/api/v1/usage.csv?${selection}`}>
            Export all rows
          </ButtonLink>
        }
      />
      <Panel>
        {records.items.length === 0 ? (
          <EmptyState
            title="Every call, settlement and correction is a row here, with what it cost and why."
            action={<ButtonLink href={exploreHref(view)}>Back to Spend</ButtonLink>}
          />
        ) : (
          <>
            <RecordsTable rows={records.items} zone={calendar.zone} />
            <Pagination
              newer={cursor ? { href: recordsHref(view) } : null}
              older={records.nextCursor ? { href: recordsHref(view, records.nextCursor) } : null}
              text={`${records.items.length} rows, latest booked first${cursor ? '; Newer goes back to the first page' : ''}`}
            />
          </>
        )}
      </Panel>
    </>
  );
}
