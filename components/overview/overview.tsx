'use client';

import { useQueryState } from 'nuqs';
import type { BurnUpOut } from '@/lib/budget/burn-up/schema';
import { useMoved, useOverview } from '@/lib/insight/overview/client';
import type { MovedOut, OverviewBudget, OverviewOut } from '@/lib/insight/overview/schema';
import { formatDayRange, formatDayTime, formatLength, formatShortDay, momentMs } from '@/lib/kernel/format-time';
import { PageHeader } from '../shell/page-header';
import { ButtonLink } from '../ui/button';
import { FirstCallWords } from '../ui/first-call';
import { Select } from '../ui/form/select';
import { Panel } from '../ui/panel';
import { EmptyState, ErrorState } from '../ui/states';
import { TabLinks } from '../ui/tabs';
import { Attention } from './attention';
import { BudgetRows } from './budget-rows';
import { BurnUpPanel } from './burn-up-panel';
import { Moved } from './moved';
import { OverviewTiles } from './tiles';

export type OverviewProps = {
  initial: OverviewOut;
  moved: { budgetId: string | null; moved: MovedOut };
  burnUp: { budgetId: string; burnUp: BurnUpOut } | null;
  mayAdopt: boolean;
  firstCall: string;
};

const TABS = 4;

/** Will a budget be passed, and what is to be done? The answer, then why; the figures go on while one looks. */
export function Overview({ initial, moved, burnUp, mayAdopt, firstCall }: OverviewProps) {
  const live = useOverview(initial);
  const overview = live.data ?? initial;
  const { budgets, zone } = overview;
  const [named, setNamed] = useQueryState('budget', { history: 'push' });
  const chosen = budgets.find((each) => each.id === named) ?? budgets[0] ?? null;
  const movedQuery = useMoved(chosen?.id ?? null, moved.budgetId === (chosen?.id ?? null) ? moved.moved : undefined);
  return (
    <>
      <PageHeader
        trail={[{ label: 'Overview' }]}
        note={<time dateTime={overview.now}>{formatDayTime(overview.now, zone, { named: true, year: true })}</time>}
        title={overview.firstLine}
      />
      <p role="status" className="sr-only">
        {overview.state === 'breached' ? overview.firstLine : ''}
      </p>
      {live.error ? (
        <div className="mb-4">
          <ErrorState onRetry={() => void live.refetch()} busy={live.isFetching}>
            {live.error.message} The figures below are of {formatDayTime(overview.now, zone)}.
          </ErrorState>
        </div>
      ) : null}
      {chosen && overview.state !== 'empty' ? (
        <>
          <Scope
            budgets={budgets}
            chosen={chosen}
            now={overview.now}
            zone={zone}
            onChoose={(id) => void setNamed(id)}
            isDefault={named === null}
          />
          <OverviewTiles budget={chosen} overview={overview} />
          <div className="mt-3 grid items-start gap-3 md:mt-4 md:gap-4 lg:grid-cols-[minmax(0,1fr)_clamp(344px,24vw,560px)]">
            <div className="grid min-w-0 gap-3 max-lg:contents md:gap-4">
              <Panel>
                <BudgetTabs budgets={budgets} chosen={chosen} zone={zone} />
                <BurnUpPanel budgetId={chosen.id} name={chosen.name} stopId={chosen.stop?.id ?? null} initial={burnUp} />
              </Panel>
              <div className="min-w-0 max-lg:order-2">
                <Moved moved={movedQuery.data} of={chosen.name} isOld={movedQuery.isPlaceholderData} />
              </div>
            </div>
            <div className="grid min-w-0 gap-3 max-lg:contents md:gap-4">
              <div className="min-w-0 max-lg:order-1">
                <Attention items={overview.attention} mayAdopt={mayAdopt} />
              </div>
              <div className="min-w-0 max-lg:order-3">
                <BudgetRows budgets={budgets} zone={zone} />
              </div>
            </div>
          </div>
        </>
      ) : (
        <div className="grid gap-3 md:gap-4 lg:grid-cols-[minmax(0,1fr)_clamp(344px,24vw,560px)]">
          <Panel title="The first call">
            <EmptyState
              title="Send one call from any terminal."
              command={firstCall}
              commandLabel="Command that sends one call"
              action={<ButtonLink href="/start">Other ways to begin</ButtonLink>}
            >
              <FirstCallWords>Its figures stand here within seconds.</FirstCallWords>
            </EmptyState>
          </Panel>
          <div className="grid content-start gap-3 md:gap-4">
            {overview.attention.length > 0 ? <Attention items={overview.attention} mayAdopt={mayAdopt} /> : null}
            <BudgetRows budgets={budgets} zone={zone} />
          </div>
        </div>
      )}
    </>
  );
}

type ScopeProps = {
  budgets: OverviewBudget[];
  chosen: OverviewBudget;
  now: string;
  zone: string;
  isDefault: boolean;
  onChoose: (id: string) => void;
};

/** Whose figures these are, for which days, and how much of the period is over. */
function Scope({ budgets, chosen, now, zone, isDefault, onChoose }: ScopeProps) {
  const [start, end, at] = [momentMs(chosen.startsAt), momentMs(chosen.endsAt), momentMs(now)];
  const over = at >= end ? 'over' : at < start ? 'not begun' : `partial: ${formatLength(at - start)} of ${formatLength(end - start)}`;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-12 text-ink-3">
      <span>Figures for</span>
      <Select
        aria-label="Figures for"
        className="w-auto! max-w-72 font-medium"
        value={chosen.id}
        onValueChange={onChoose}
        options={budgets.map((each) => ({ value: each.id, label: each.name }))}
      />
      <span>
        {isDefault ? 'nearest its stop · ' : ''}
        {formatDayRange(chosen.startsAt, chosen.endsAt, zone)}, <b className="font-medium text-ink">{over}</b> · {zone}
      </span>
    </div>
  );
}

/** The budgets nearest their stop, each with its address; the others are in the choice above. */
function BudgetTabs({ budgets, chosen, zone }: { budgets: OverviewBudget[]; chosen: OverviewBudget; zone: string }) {
  const near = budgets.slice(0, TABS);
  const shown = near.some((each) => each.id === chosen.id) ? near : [...near.slice(0, TABS - 1), chosen];
  const noteOf = (each: OverviewBudget): string => {
    if (each.standing === 'stopped') return 'stopped';
    if (each.standing === 'due' && each.runwayAt)
      return `${each.mode === 'enforce' ? 'stops' : 'limit'} ${formatShortDay(each.runwayAt, zone)}`;
    return { would_stop: 'past its limit', early: 'too early', holds: 'holds', due: 'due' }[each.standing];
  };
  const tabs = shown.map((each) => ({
    key: each.id,
    label: each.name,
    note: noteOf(each),
    href: `/?${new URLSearchParams({ budget: each.id })}`,
  }));
  const more = budgets.length - shown.length;
  return (
    <TabLinks
      label="Budget in the picture"
      current={chosen.id}
      // None runs out of sight at the right: they go on in a second row; on a phone their notes stand in the list of budgets below.
      className="flex-wrap max-sm:[&_small]:hidden"
      tabs={more > 0 ? [...tabs, { key: 'more', label: `${more} more`, note: '', href: '/budgets' }] : tabs}
    />
  );
}
