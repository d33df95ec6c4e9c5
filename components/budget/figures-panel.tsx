'use client';

import type { ReactNode } from 'react';
import type { FigureName } from '@/lib/budget/read/recipes';
import type { BudgetOut } from '@/lib/budget/schema';
import { formatCount, formatMoney, formatPercent } from '@/lib/kernel/format-money';
import { UtilisationBar } from '../chart/utilisation-bar';
import { Panel } from '../ui/panel';
import { barOf } from './budget-list';
import { ExplainedFigure } from './explained-figure';
import { chargedCsv, leftToLimit } from './words';

const EXCESS: Record<string, string> = {
  ...{ overrun: 'calls that cost more than their hold', unasked: 'calls nobody asked for first', repriced: 'a price that was mended' },
  ...{ limit_lowered: 'a limit that was lowered', grant_ended: 'a grant that ended' },
};

/** The figures of the running period under their bar; each opens how it is made. */
export function FiguresPanel({ budget, zone, children }: { budget: BudgetOut; zone: string; children?: ReactNode }) {
  const { current } = budget;
  const unpriced = BigInt(current.unpricedUpperNanoUsd);
  const both = BigInt(current.presumedNanoUsd) + unpriced;
  const sign = unpriced > 0n ? ('at_least' as const) : undefined;
  const figure = (name: FigureName, label: string, nano: string | bigint, marked = false, csvHref?: string) => (
    <ExplainedFigure
      budgetId={budget.id}
      figure={name}
      label={label}
      text={formatMoney(nano, { sign: marked ? sign : undefined })}
      zone={zone}
      csvHref={csvHref}
    />
  );
  const excess = current.excess.reduce((sum, each) => sum + BigInt(each.nanoUsd), 0n);
  return (
    <Panel>
      <div className="px-3 pt-4 pb-3 md:px-4">
        <UtilisationBar of={barOf(budget)} />
        <dl className="mt-4 grid grid-cols-2 gap-x-3 gap-y-2.5 border-line border-t pt-3 sm:grid-cols-3">
          <Item
            name="Actual"
            mark="bg-accent"
            note={`${formatPercent(current.utilisation)}${current.pace === null ? '' : `, pace ${current.pace.toFixed(2)}`}`}
          >
            {figure('actual', 'Actual', current.actualNanoUsd)}
          </Item>
          <Item
            name="Presumed + unpriced"
            mark="fill-presumed"
            note={
              both === 0n
                ? 'nothing'
                : `${formatMoney(current.presumedNanoUsd)} presumed, ${formatCount(current.unpricedCalls)} calls unpriced`
            }
          >
            {unpriced > 0n ? figure('unpricedUpper', 'Presumed + unpriced', both, true) : figure('presumed', 'Presumed + unpriced', both)}
          </Item>
          <Item name="Set aside now" mark="fill-held" note="by calls under way">
            {figure('held', 'Set aside now', current.heldNanoUsd)}
          </Item>
          <Item name="Charged" note={`${formatPercent(current.chargedUtilisation)}, what levels look at`}>
            {figure('charged', 'Charged', current.chargedNanoUsd, true, chargedCsv(budget))}
          </Item>
          <Item name="Committed" note="charged + set aside">
            {figure('committed', 'Committed', current.committedNanoUsd, true)}
          </Item>
          <Item name="Left to the limit" note={`of ${formatMoney(current.limitNanoUsd)}`}>
            <ExplainedFigure budgetId={budget.id} figure="limit" label="Limit" text={formatMoney(leftToLimit(budget))} zone={zone} />
          </Item>
          {excess > 0n ? (
            <div className="col-span-full border-line border-t pt-2.5">
              <dt className="text-12 text-ink-2">Excess: what commits have ended above the limit by</dt>
              <dd className="font-semibold text-15">{figure('excess', 'Excess', excess)}</dd>
              <dd className="text-12 text-ink-2">
                {current.excess.map((each) => `${formatMoney(each.nanoUsd)} by ${EXCESS[each.cause] ?? each.cause}`).join(' · ')}
              </dd>
            </div>
          ) : null}
        </dl>
        {children}
      </div>
    </Panel>
  );
}

function Item({ name, mark, note, children }: { name: string; mark?: string; note: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="flex items-center gap-1.5 text-12 text-ink-2">
        {mark ? <i aria-hidden="true" className={`keep-colour size-3 flex-none rounded-[2px] ${mark}`} /> : null}
        {name}
      </dt>
      <dd className="font-semibold text-15">{children}</dd>
      <dd className="text-12 text-ink-2">{note}</dd>
    </div>
  );
}
