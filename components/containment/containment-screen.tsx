'use client';

import { useState } from 'react';
import type { BudgetOut } from '@/lib/budget/schema';
import { useActions } from '@/lib/containment/client';
import type { ActionOut } from '@/lib/containment/schema';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { formatLength, momentMs } from '@/lib/kernel/format-time';
import type { WorkloadOut } from '@/lib/workload/schema';
import { PageHeader } from '../shell/page-header';
import { Panel } from '../ui/panel';
import { Banner, EmptyState, ErrorState } from '../ui/states';
import type { FreshnessState } from '../ui/time';
import { LadderRow } from './ladder-row';
import type { Row, Rung } from './rung';
import { ladder, RUNGS } from './rungs';
import { SwitchSheet } from './switch-sheet';
import { containmentFirstLine } from './words';

type ContainmentScreenProps = {
  workloads: WorkloadOut[];
  budgets: BudgetOut[];
  initial: ActionOut[];
  freshness: FreshnessState;
  zone: string;
  mayWrite: boolean;
};

const sumOf = (amounts: readonly string[]): string => String(amounts.reduce((sum, each) => sum + BigInt(each), 0n));

/** What is held back now, and whether the rest can still be stopped: a ladder of four rungs for each workload. */
export function ContainmentScreen({ workloads, budgets, initial, freshness, zone, mayWrite }: ContainmentScreenProps) {
  const { data: actions = initial, error, refetch, isFetching } = useActions(initial);
  const [open, setOpen] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ row: Row; rung: Rung } | null>(null);
  const rows = ladder(workloads, actions, budgets);
  const { serverNow } = freshness;
  const saved = sumOf(actions.map((action) => action.savedNanoUsd));
  const notSpent = sumOf(actions.flatMap((action) => action.notSpentNanoUsd ?? []));
  const waiting = actions.filter((action) => action.state === 'prepared').length;
  const prepared = rows.flatMap((row) => row.rungs).filter((rung) => rung.state === 'prepared').length;
  const press = (row: Row, rung: Rung) => {
    if (rung.actions.length > 0 || rung.stop) setOpen(row.key);
    else setAsked({ row, rung });
  };
  return (
    <>
      <PageHeader trail={[{ label: 'Containment' }]} title={containmentFirstLine(rows)} />
      {freshness.state === 'stale' && freshness.lastEventAt ? (
        <div className="mb-3">
          <Banner kind="warn" word="stale">
            Nothing has come in for {formatLength(momentMs(serverNow) - momentMs(freshness.lastEventAt))}: what actions meet and save may be
            more than is shown. They hold all the same.
          </Banner>
        </div>
      ) : null}
      <Panel>
        {error ? (
          <ErrorState flush onRetry={() => void refetch()} busy={isFetching} {...(error.requestId ? { reference: error.requestId } : {})}>
            {error.detail}
          </ErrorState>
        ) : null}
        <p className="flex flex-wrap gap-x-6 gap-y-1 border-line border-b px-3 py-2.5 text-12 text-ink-2 md:px-4">
          <span>
            <b className="text-ink tabular-nums">{formatMoney(saved)}</b> saved by what is open, measured
          </span>
          <span>
            <b className="text-ink tabular-nums">{formatMoney(notSpent, { sign: 'estimate' })}</b> not spent, estimate
          </span>
          <span>
            <b className="text-ink tabular-nums">{formatCount(prepared)}</b> prepared,{' '}
            <b className="text-ink tabular-nums">{waiting === 0 ? 'none' : formatCount(waiting)}</b> waiting for a yes
          </span>
        </p>
        {rows.length === 0 ? (
          <EmptyState title="No workload yet.">
            A workload appears here with the first call that names it; then each can be held back in four grades.
          </EmptyState>
        ) : (
          <div>
            <div
              aria-hidden="true"
              className="grid grid-cols-[minmax(140px,1.2fr)_repeat(4,minmax(0,1fr))_minmax(90px,auto)] gap-2 px-4 py-2 text-11 text-ink-2 max-lg:hidden"
            >
              <span>Workload</span>
              {RUNGS.map((rung, i) => (
                <span key={rung.kind}>
                  {i + 1} {rung.label}
                  {i < RUNGS.length - 1 ? ' →' : ''}
                </span>
              ))}
              <span className="text-right">Saved</span>
            </div>
            <ul aria-label="Containment by workload">
              {rows.map((row) => (
                <LadderRow
                  key={row.key}
                  row={row}
                  open={open === row.key}
                  onToggle={() => setOpen(open === row.key ? null : row.key)}
                  onPress={mayWrite ? (rung) => press(row, rung) : null}
                  onSwitch={mayWrite ? (rung) => setAsked({ row, rung }) : null}
                  zone={zone}
                  serverNow={serverNow}
                />
              ))}
            </ul>
          </div>
        )}
      </Panel>
      <p className="mt-3 max-w-[72ch] text-12 text-ink-2">
        Calls under way finish inside the money already set aside; the next call is refused, slowed or rerouted. Taken back in reverse
        order.
        {mayWrite ? '' : ' Operators and the budget’s owner switch.'}
      </p>
      {asked ? (
        <SwitchSheet key={`${asked.row.key} ${asked.rung.kind}`} {...asked} serverNow={serverNow} onClose={() => setAsked(null)} />
      ) : null}
    </>
  );
}
