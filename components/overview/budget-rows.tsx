'use client';

import Link from 'next/link';
import type { OverviewBudget } from '@/lib/insight/overview/schema';
import { formatMoney, formatPercent, roundAmount } from '@/lib/kernel/format-money';
import { formatShortDay } from '@/lib/kernel/format-time';
import { UtilisationBar } from '../chart/utilisation-bar';
import { ButtonLink } from '../ui/button';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';

const SHOWN = 8;

/** How a budget stands, in an icon and a word; nothing where it simply holds. */
export function Standing({ budget, zone }: { budget: OverviewBudget; zone: string }) {
  if (budget.standing === 'stopped') return <Status kind="stopped">stopped</Status>;
  if (budget.standing === 'would_stop') return <Status kind="observes">past its limit, observes</Status>;
  if (budget.standing === 'due' && budget.runwayAt)
    return (
      <Status kind="warn">
        {budget.mode === 'enforce' ? 'stops' : 'passes its limit'} {formatShortDay(budget.runwayAt, zone)}
      </Status>
    );
  return budget.mode === 'observe' ? <span className="text-ink-3">observes</span> : null;
}

/** Every budget with its bar and lines. They overlap, so they are never summed. */
export function BudgetRows({ budgets, zone, className }: { budgets: OverviewBudget[]; zone: string; className?: string }) {
  return (
    <Panel title={`All budgets (${budgets.length})`} aside="they overlap, never summed" {...(className && { className })}>
      <ul>
        {budgets.slice(0, SHOWN).map((budget) => (
          <li
            key={budget.id}
            className="grid grid-cols-[minmax(0,1fr)_132px] items-center gap-x-3 gap-y-1.5 border-line border-t px-3 py-2 first:border-t-0 md:px-4"
          >
            <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
              <Link href={`/budgets/${budget.id}`} className="min-w-0 font-medium [overflow-wrap:anywhere] hover:underline">
                {budget.name}
              </Link>
              <span className="text-12 empty:hidden">
                <Standing budget={budget} zone={zone} />
              </span>
            </span>
            <span className="whitespace-nowrap text-right">
              {formatMoney(budget.actualNanoUsd, { style: 'tile' })}
              <span className="text-12 text-ink-3"> / {roundAmount(budget.amountNanoUsd)}</span>
            </span>
            <UtilisationBar
              mini
              of={{
                amountNanoUsd: budget.amountNanoUsd,
                actualNanoUsd: budget.actualNanoUsd,
                presumedNanoUsd: String(BigInt(budget.presumedNanoUsd) + BigInt(budget.unpricedUpperNanoUsd)),
                heldNanoUsd: budget.heldNanoUsd,
                lines: budget.lines,
              }}
            />
            <span className="min-w-12 text-right text-12 text-ink-2">{formatPercent(budget.utilisation, 0)}</span>
          </li>
        ))}
      </ul>
      <div className="flex gap-2 border-line border-t px-3 py-2 md:px-4">
        <ButtonLink small kind="text" href="/budgets" className="-ml-1.5">
          {budgets.length > SHOWN ? `All ${budgets.length} budgets` : 'Open Budgets'}
        </ButtonLink>
      </div>
    </Panel>
  );
}
