'use client';

import Link from 'next/link';
import { useQueryState } from 'nuqs';
import type { CSSProperties } from 'react';
import { useBudgets } from '@/lib/budget/client';
import type { BudgetOut } from '@/lib/budget/schema';
import { levelLines } from '@/lib/budget/threshold/level-lines';
import type { FreshnessOut } from '@/lib/insight/data/freshness';
import { formatMoney, formatPercent, roundAmount } from '@/lib/kernel/format-money';
import { formatDayTime, formatLength, formatShortDay, momentMs } from '@/lib/kernel/format-time';
import { UtilisationBar } from '../chart/utilisation-bar';
import { PageHeader } from '../shell/page-header';
import { ButtonLink } from '../ui/button';
import { Segmented } from '../ui/form/choices';
import { TextInput } from '../ui/form/text-input';
import { Panel } from '../ui/panel';
import { EmptyState } from '../ui/states';
import { Status } from '../ui/status';
import { type Column, Table } from '../ui/table/table';
import { type Branch, treeOf } from './tree';
import { budgetsFirstLine, leftToLimit, periodWords, scopeWords } from './words';

const SHOWS = { all: 'All', stopped: 'Stopped', due: 'Passing their limit', observing: 'Observing' } as const;
type Show = keyof typeof SHOWS;

const isShown: Record<Show, (budget: BudgetOut) => boolean> = {
  all: () => true,
  stopped: (budget) => budget.current.stopId !== null && budget.mode === 'enforce',
  due: (budget) => budget.current.runwayAt !== null,
  observing: (budget) => budget.mode === 'observe',
};

/** What is drawn on a budget's bar. */
export const barOf = (budget: BudgetOut) => ({
  amountNanoUsd: budget.current.amountNanoUsd,
  actualNanoUsd: budget.current.actualNanoUsd,
  presumedNanoUsd: String(BigInt(budget.current.presumedNanoUsd) + BigInt(budget.current.unpricedUpperNanoUsd)),
  heldNanoUsd: budget.current.heldNanoUsd,
  lines: levelLines(budget),
});

function Runway({ budget, zone, now }: { budget: BudgetOut; zone: string; now: string }) {
  const { current, mode } = budget;
  if (current.stopId !== null)
    return mode === 'enforce' ? <Status kind="stopped">stopped</Status> : <Status kind="observes">past its limit</Status>;
  if (current.runwayAt === null) return <span className="text-ink-2">holds</span>;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Status kind="warn" iconOnly>
        passes its limit
      </Status>
      {formatLength(momentMs(current.runwayAt) - momentMs(now))}, {formatShortDay(current.runwayAt, zone)}
    </span>
  );
}

const columnsOf = (zone: string, now: string): Column<Branch>[] => [
  {
    key: 'name',
    head: 'Budget',
    name: true,
    width: '26%',
    cell: ({ budget, depth }) => (
      <span className="block sm:pl-(--deep)" style={{ '--deep': `${depth * 16}px` } as CSSProperties}>
        <Link href={`/budgets/${budget.id}`} className="font-medium text-ink hover:underline">
          {budget.name}
        </Link>
        <span className="block font-normal text-12 text-ink-2">{scopeWords(budget)}</span>
      </span>
    ),
  },
  {
    key: 'used',
    head: 'Used',
    width: '22%',
    cell: ({ budget }) => (
      <span className="grid w-full grid-cols-[minmax(48px,1fr)_56px] items-center gap-2 max-sm:ml-auto max-sm:max-w-48">
        <UtilisationBar mini of={barOf(budget)} />
        <span className="text-right">{formatPercent(budget.current.utilisation, 0)}</span>
      </span>
    ),
  },
  {
    key: 'spent',
    head: 'Spent of amount',
    figure: true,
    cell: ({ budget }) => (
      <>
        {formatMoney(budget.current.actualNanoUsd)}
        <span className="text-ink-3"> / {roundAmount(budget.current.amountNanoUsd)}</span>
      </>
    ),
  },
  { key: 'left', head: 'Left to the limit', figure: true, cell: ({ budget }) => formatMoney(leftToLimit(budget)) },
  { key: 'runway', head: 'Runway', cell: ({ budget }) => <Runway budget={budget} zone={zone} now={now} /> },
  {
    key: 'mode',
    head: 'Mode',
    cell: ({ budget }) => (budget.mode === 'enforce' ? <Status kind="ok">enforces</Status> : <Status kind="observes">observes</Status>),
  },
  { key: 'period', head: 'Period', cell: ({ budget }) => <span className="text-ink-2">{periodWords(budget, zone)}</span> },
];

export type BudgetListProps = { initial: BudgetOut[]; freshness: FreshnessOut; zone: string; now: string; mayMake: boolean };

/** Every budget, under the one that contains it. */
export function BudgetList({ initial, freshness, zone, now, mayMake }: BudgetListProps) {
  const budgets = useBudgets(initial).data ?? initial;
  const [search, setSearch] = useQueryState('q', { defaultValue: '' });
  const [shown, setShown] = useQueryState('show', { defaultValue: 'all' });
  const show: Show = shown in SHOWS ? (shown as Show) : 'all';
  const wanted = search.trim().toLowerCase();
  const rows = treeOf(budgets).filter(
    ({ budget }) => isShown[show](budget) && `${budget.name} ${scopeWords(budget)}`.toLowerCase().includes(wanted),
  );
  const isWhole = show === 'all' && wanted === '';
  return (
    <>
      <PageHeader
        trail={[{ label: 'Budgets' }]}
        note={<time dateTime={now}>{formatDayTime(now, zone, { named: true, year: true })}</time>}
        title={budgetsFirstLine(budgets, freshness, zone)}
        actions={
          <>
            <ButtonLink small icon="workload" href="/workloads">
              Workloads
            </ButtonLink>
            {mayMake ? (
              <ButtonLink small kind="primary" icon="plus" href="/budgets/new">
                New budget
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <TextInput
          aria-label="Find a budget"
          placeholder="Find by name or scope"
          value={search}
          onValueChange={(text) => void setSearch(text || null)}
          className="max-w-64"
        />
        <Segmented
          label="Which budgets"
          value={show}
          onValueChange={(value) => void setShown(value === 'all' ? null : value)}
          choices={(Object.keys(SHOWS) as Show[]).map((value) => ({ value, label: SHOWS[value] }))}
        />
      </div>
      <Panel>
        {rows.length === 0 ? (
          <EmptyState title={isWhole ? 'There is no budget yet.' : 'No budget is like that.'}>
            {isWhole ? 'A budget says how much may be spent, on what, and where it stops.' : 'Change what you search for, or show all.'}
          </EmptyState>
        ) : (
          <Table
            caption="Budgets, each under the narrowest that contains it"
            columns={columnsOf(zone, now)}
            rows={isWhole ? rows : rows.map((row) => ({ ...row, depth: 0 }))}
            rowKey={({ budget }) => budget.id}
          />
        )}
        <p className="border-line border-t px-3 py-2 text-12 text-ink-2 md:px-4">
          Budgets overlap: a call must fit in every one that covers it, and their figures are never added up. Lines on a bar: notify,
          contain, stop.
        </p>
      </Panel>
    </>
  );
}
