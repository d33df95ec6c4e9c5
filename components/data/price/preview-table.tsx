'use client';

import type { UnpricedOut } from '@/lib/insight/data/reads';
import { formatMoney } from '@/lib/kernel/format-money';
import type { RepricedOut } from '@/lib/spend/reprice/doors';
import { Status } from '../../ui/status';
import { type Column, Table } from '../../ui/table/table';
import { counted } from '../finding';

type Moved = RepricedOut['budgets'][number];

/** What prices would do: calls priced, money moved, and each budget it moves. Nothing of it is done yet. */
export function PreviewTable({
  outcome,
  budgetNames,
  group,
}: {
  outcome: RepricedOut;
  budgetNames: Record<string, string>;
  group: UnpricedOut;
}) {
  if (outcome.calls === 0) {
    return <p className="font-medium">No call would be priced: some kind of unit that they used has no price yet.</p>;
  }
  const columns: Column<Moved>[] = [
    { key: 'budget', head: 'Budget', name: true, cell: (each) => budgetNames[each.budgetId] ?? each.budgetId },
    { key: 'delta', head: 'Charged changes by, $', figure: true, cell: (each) => formatMoney(each.deltaNanoUsd, { signed: true }) },
    {
      key: 'stop',
      head: 'Stop',
      figure: true,
      cell: (each) => (each.raisesStop ? <Status kind="stopped">stops</Status> : <span className="text-ink-2">stays as it is</span>),
    },
  ];
  // What they cost is known where exactly these calls are priced: the guess that goes, and what takes its place.
  const cost = outcome.calls === group.calls ? formatMoney(BigInt(outcome.deltaNanoUsd) + BigInt(group.upperNanoUsd)) : null;
  return (
    <section aria-live="polite" className="grid gap-2 rounded-2 border border-accent">
      <p className="px-3 pt-2.5 md:px-4">
        <b>
          {counted(outcome.calls, 'call')} {cost ? `would cost ${cost} together` : 'would get a price'}.
        </b>
        <span className="block text-12 text-ink-2">
          What is charged changes by {formatMoney(outcome.deltaNanoUsd, { signed: true })}, because the guess goes. Nothing is done yet.
        </span>
      </p>
      <Table
        caption="Budgets that this moves"
        columns={columns}
        rows={outcome.budgets}
        rowKey={(each) => each.periodId}
        empty="No budget covers these calls."
      />
    </section>
  );
}
