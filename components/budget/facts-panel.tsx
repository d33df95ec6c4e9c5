'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import type { BudgetOut } from '@/lib/budget/schema';
import type { Bound } from '@/lib/insight/overview/bounds';
import { formatMoney } from '@/lib/kernel/format-money';
import { Facts, Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { AmountDialog } from './amount-dialog';
import { type AnswersChoice, defaultPolicyWords } from './answer-fields';
import { AnswersDialog } from './answers-dialog';
import { LeasesDialog } from './leases-dialog';
import { periodWords, scopeParts } from './words';

type FactsPanelProps = { budget: BudgetOut; zone: string; choice: AnswersChoice; mayChange: boolean };

/** What a budget was made for: scope and period stay as they are, the amount may be changed. */
export function FactsPanel({ budget, zone, choice, mayChange }: FactsPanelProps) {
  const { current } = budget;
  const reserve = BigInt(current.amountNanoUsd) - BigInt(current.hardStopNanoUsd);
  const parts = scopeParts(budget.scope);
  const scope: { name: ReactNode; value: ReactNode }[] =
    budget.kind === 'unassigned'
      ? [{ name: 'Covers', value: 'workloads nobody has taken on' }]
      : parts.length === 0
        ? [{ name: 'Covers', value: 'every call' }]
        : parts.map(({ field, value }) => ({
            name: field.charAt(0).toUpperCase() + field.slice(1),
            value: (
              <>
                {value}
                {/^(customer|tag)/.test(field) ? <span className="block text-ink-3">as declared by the caller</span> : null}
              </>
            ),
          }));
  return (
    <Panel title="What it is" aside="scope and period stay as they were made">
      <Facts
        items={[
          ...scope,
          { name: 'Period', value: `${periodWords(budget, zone)}, ${zone}` },
          {
            name: 'Amount',
            value: (
              <>
                {budget.currency === 'USD'
                  ? formatMoney(current.amountNanoUsd)
                  : `${budget.amount} ${budget.currency} (${formatMoney(current.amountNanoUsd)})`}
                {mayChange ? <AmountDialog budget={budget} /> : null}
                {budget.nextAmount ? (
                  <span className="block text-ink-3">{`${budget.nextAmount} ${budget.currency} from the next period`}</span>
                ) : null}
              </>
            ),
          },
          { name: 'Reserve', value: `${formatMoney(reserve)} above the stop` },
          { name: 'Calls without a price', value: budget.onUnpriced === 'refuse' ? 'refused' : 'let pass, at an upper guess' },
          {
            name: 'Leases',
            value: (
              <>
                {budget.leases ? 'given, a second of spend at a time' : 'none: every call is asked for'}
                {mayChange ? <LeasesDialog budget={budget} /> : null}
              </>
            ),
          },
          { name: 'Owner', value: ownerWords(budget, choice) },
          {
            name: 'Who is told of a breach',
            value: (
              <>
                <Link href="/settings/escalation" className="text-accent-ink hover:underline">
                  {choice.policies.find((each) => each.id === budget.escalationPolicyId)?.name ?? defaultPolicyWords(choice)}
                </Link>{' '}
                {mayChange ? <AnswersDialog budget={budget} choice={choice} /> : null}
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function ownerWords({ ownerId }: BudgetOut, { members }: AnswersChoice): string {
  if (ownerId === null) return 'nobody';
  return members.find((each) => each.id === ownerId)?.name ?? 'a former member';
}

const BOUNDS = {
  gateway: ['ok', 'gateway', 'The bound is ours: every call passes through it.'],
  declared: ['ok', 'declared', 'It asks first; the bound is as true as what it declares.'],
  reported: ['warn', 'reported', 'It reports afterwards: a stop cannot refuse its calls here.'],
} as const;

/** For each workload under the budget, whether its bound is declared before a call or only reported after it. */
export function BoundPanel({ bounds }: { bounds: Bound[] }) {
  const asking = bounds.filter((each) => each.enforcement !== 'reported').length;
  return (
    <Panel title="What makes the bound true" aside={bounds.length > 0 ? `${asking} of ${bounds.length} ask first` : null}>
      {bounds.length === 0 ? (
        <p className="px-3 py-3 text-12 text-ink-2 md:px-4">Nothing has spent under it yet, so nobody has asked or reported.</p>
      ) : (
        <ul>
          {bounds.slice(0, 8).map(({ slug, enforcement }) => {
            const [kind, word, text] = BOUNDS[enforcement];
            return (
              <li key={slug} className="border-line border-t px-3 py-2 text-12 first:border-t-0 md:px-4">
                <span className="flex items-baseline justify-between gap-2">
                  <b className="min-w-0 font-medium text-13 [overflow-wrap:anywhere]">{slug}</b>
                  <Status kind={kind}>{word}</Status>
                </span>
                <span className="text-ink-2">{text}</span>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
