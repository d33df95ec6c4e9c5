'use client';

import Link from 'next/link';
import type { BreachOut } from '@/lib/breach/schema';
import { formatMoney, NO_FIGURE } from '@/lib/kernel/format-money';
import { usePlans } from '@/lib/recovery/client';
import type { PlanOut } from '@/lib/recovery/schema';
import { Status } from '../ui/status';
import { type Column, Table } from '../ui/table/table';
import { Time } from '../ui/time';
import { nextWords } from './next-words';
import { dayWords, hourly, VERDICT_STATUS } from './words';

type Line = { breach: BreachOut; plan: PlanOut | null };
type RecoveryBoardProps = { breaches: BreachOut[]; initial: PlanOut[]; zone: string; empty: string };

/** Every budget on its way back: how much of its daily target flows, how stable it is, and what it needs next. */
export function RecoveryBoard({ breaches, initial, zone, empty }: RecoveryBoardProps) {
  const { data: plans = initial } = usePlans(initial);
  const rows = breaches.map((breach): Line => ({ breach, plan: plans.find((plan) => plan.id === breach.planId) ?? null }));
  return (
    <Table
      caption="Budgets on their way back, and what each needs next"
      columns={columnsOf(zone)}
      rows={rows}
      rowKey={({ breach }) => breach.id}
      empty={empty}
    />
  );
}

const columnsOf = (zone: string): Column<Line>[] => [
  {
    key: 'budget',
    head: 'Budget',
    name: true,
    cell: ({ breach }) => (
      <span className="block min-w-0 [overflow-wrap:anywhere]">
        <Link href={`/breaches/${breach.id}`} className="font-medium hover:underline">
          {breach.budget.name}
        </Link>
        <span className="block font-normal text-12 text-ink-2">
          since <Time at={breach.openedAt} zone={zone} />
          {breach.answeredByName ? `, ${breach.answeredByName} has it` : ''}
        </span>
      </span>
    ),
  },
  {
    key: 'step',
    head: 'Step',
    figure: true,
    cell: ({ plan }) => (
      <>
        {plan?.stagePercent == null ? NO_FIGURE : `${plan.stagePercent}\u00a0%`}
        {plan?.hourlyNanoUsd ? <span className="block text-12 text-ink-2">{hourly(plan.hourlyNanoUsd)}</span> : null}
      </>
    ),
  },
  {
    key: 'target',
    head: 'Daily target',
    figure: true,
    cell: ({ plan }) => (plan?.targetNanoUsdPerDay == null ? NO_FIGURE : formatMoney(plan.targetNanoUsdPerDay)),
  },
  {
    key: 'stable',
    head: 'Days stable',
    figure: true,
    cell: ({ plan }) =>
      plan === null ? (
        NO_FIGURE
      ) : (
        <>
          {plan.stable.days} of {plan.stable.need}
          <span className="block text-12 text-ink-2">at 100&nbsp;%</span>
        </>
      ),
  },
  {
    key: 'verdict',
    head: 'Last day',
    cell: ({ plan }) => {
      const day = plan?.days.at(-1);
      if (!plan || !day) return <span className="text-ink-2">no whole day yet</span>;
      return (
        <span className="inline-block">
          <Status kind={VERDICT_STATUS[day.verdict]}>{day.verdict}</Status>
          <span className="block text-12 text-ink-2">
            {dayWords(day.date)}
            {plan.unsigned.length > 0 ? `, ${plan.unsigned.length} to sign off` : ', signed off'}
          </span>
        </span>
      );
    },
  },
  {
    key: 'next',
    head: 'Next',
    cell: ({ plan }) => {
      if (!plan) return NO_FIGURE;
      const { text, isPersons } = nextWords(plan);
      return <span className="[overflow-wrap:anywhere]">{isPersons ? <b className="font-semibold">{text}</b> : text}</span>;
    },
  },
];
