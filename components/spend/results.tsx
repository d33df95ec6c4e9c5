'use client';

import { useId, useMemo } from 'react';
import { formatCount } from '@/lib/kernel/format-money';
import { formatDay, formatDayRange, formatDayTime } from '@/lib/kernel/format-time';
import type { Instant } from '@/lib/kernel/instant';
import type { Calendar } from '@/lib/kernel/period';
import { SpendOverTimeChart } from '../chart/lazy';
import { Panel } from '../ui/panel';
import { Dim } from '../ui/states';
import { GroupsTable } from './groups-table';
import { type Silence, spendOverTime } from './over-time';
import type { Shown } from './use-answers';
import { exploreHref, onlyGroup, recordsHref } from './view/addresses';
import type { SetView } from './view/set-view';
import type { View } from './view/state';
import { capital, dimensionName } from './view/words';

type ResultsProps = {
  view: View;
  shown: Shown;
  calendar: Calendar;
  now: Instant;
  silence: Silence;
  setView: SetView;
  isLoading: boolean;
  error?: { text: string; reference: string | null; onRetry: () => void };
};

/** The chart and its groups, of one answer. */
export function Results({ view, shown, calendar, now, silence, setView, isLoading, error }: ResultsProps) {
  const { answer, before, asked } = shown;
  const tableId = useId();
  const spend = useMemo(() => spendOverTime(answer, asked, calendar, now, silence), [answer, asked, calendar, now, silence]);
  const openOther = () => {
    setView({ all: true });
    document.getElementById(tableId)?.focus();
  };
  const only = (key: Record<string, string>) => onlyGroup(asked.where, asked.by, key);
  return (
    <>
      <Panel>
        <SpendOverTimeChart
          spend={spend}
          kind={view.chart}
          loading={isLoading}
          showTable={view.table}
          onShowTable={(table) => setView({ table })}
          onOpenOther={openOther}
          {...(error
            ? { error: { text: error.text, onRetry: error.onRetry, ...(error.reference ? { reference: error.reference } : {}) } }
            : {})}
        />
      </Panel>
      <div id={tableId} tabIndex={-1} className="outline-none">
        <Panel
          title={`${capital(asked.by.map(dimensionName).join(' and '))}, dearest first${answer.total.unpricedCalls > 0 ? ', unpriced calls at their guess' : ''}`}
          aside={`${formatCount(answer.groups.length)} in ${formatDayRange(asked.range.from, asked.range.to, calendar.zone)}${asked.range.isOver ? '' : ', partial'}${beforeWords(shown, calendar.zone)}`}
        >
          <Dim loading={isLoading} old={error !== undefined}>
            <GroupsTable
              answer={answer}
              by={asked.by}
              before={before}
              all={view.all}
              onAll={(all) => setView({ all })}
              onlyHref={(key) => hrefOf(only(key), (where) => exploreHref({ ...view, where, all: false }))}
              recordsHref={(key) => hrefOf(key ? only(key) : asked.where, (where) => recordsHref({ ...view, where }))}
              dim={false}
            />
          </Dim>
        </Panel>
      </div>
    </>
  );
}

const hrefOf = (where: View['where'] | null, href: (where: View['where']) => string): string | null =>
  where === null ? null : href(where);

/** What is compared with: whole days, or up to the same time into the range. */
function beforeWords({ before, asked }: Shown, zone: string): string {
  if (before === null) return '';
  const { from, to } = asked.range.before;
  return `, before: ${asked.range.isOver ? formatDayRange(from, to, zone) : `${formatDay(from, zone)} to ${formatDayTime(to, zone)}`}`;
}
