'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { BudgetOut } from '@/lib/budget/schema';
import { useActions } from '@/lib/containment/client';
import type { ActionOut } from '@/lib/containment/schema';
import { formatMoney } from '@/lib/kernel/format-money';
import { formatDay } from '@/lib/kernel/format-time';
import { coverage } from '@/lib/playbook/coverage';
import { guardOf } from '@/lib/playbook/guard';
import { useWorkload } from '@/lib/workload/client';
import type { WorkloadOut } from '@/lib/workload/schema';
import { PageHeader } from '../shell/page-header';
import { exploreHref } from '../spend/view/addresses';
import { ButtonLink } from '../ui/button';
import { Facts, Panel } from '../ui/panel';
import { Banner } from '../ui/states';
import { Status } from '../ui/status';
import { FeaturesPanel } from './features-panel';
import { GuardPanel } from './guard-panel';
import { ENFORCEMENT_WORDS, workloadFirstLine } from './words';
import { WorkloadForm } from './workload-form';
import { Adopt, Enforcement } from './workload-list';

type WorkloadScreenProps = {
  initial: WorkloadOut;
  budgets: BudgetOut[];
  actions: ActionOut[];
  hasDefaultPolicy: boolean;
  memberNames: Record<string, string>;
  zone: string;
  mayWrite: boolean;
};

/** One workload: what it is, who answers for it, what holds its spend, and how far a stop reaches. */
export function WorkloadScreen({ initial, budgets, memberNames, mayWrite, ...props }: WorkloadScreenProps) {
  const { data: workload = initial, refetch } = useWorkload(initial.slug, initial);
  const { data: actions = props.actions } = useActions(props.actions);
  const [form, setForm] = useState(0);
  const covering = budgets.flatMap((budget) => {
    const much = coverage(budget, workload);
    return much ? [{ budget, much }] : [];
  });
  const own = covering.filter(({ budget }) => budget.kind === 'scoped').length;
  const reload = () => void refetch().then(() => setForm((count) => count + 1));
  return (
    <>
      <PageHeader
        trail={[{ label: 'Budgets', href: '/budgets' }, { label: 'Workloads', href: '/workloads' }, { label: workload.name }]}
        title={workloadFirstLine(workload, own)}
        actions={
          <ButtonLink small icon="spend" href={exploreHref({ where: [{ dimension: 'workload', values: [workload.slug] }] })}>
            Its spend
          </ButtonLink>
        }
      />
      <div className="grid gap-4">
        {workload.adoptedAt === null ? (
          <Banner kind="info" word="not adopted" action={mayWrite ? <Adopt workload={workload} kind="primary" /> : undefined}>
            It was first seen in calls. Until someone adopts it, its spend counts in the budget “Unassigned workloads”.
          </Banner>
        ) : null}
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(320px,400px)]">
          <WorkloadForm key={form} saved={workload} memberNames={memberNames} mayWrite={mayWrite} onReload={reload} />
          <div className="grid min-w-0 content-start gap-4">
            <GuardPanel checks={guardOf(workload, budgets, props.hasDefaultPolicy)} />
            <Panel title="How far a stop reaches" aside={<Enforcement workload={workload} />}>
              <p className="px-3 pt-3 md:px-4">{ENFORCEMENT_WORDS[workload.enforcement].sentence}</p>
              <Facts
                items={[
                  {
                    name: 'Last call',
                    value: workload.lastDay ? formatDay(`${workload.lastDay}T12:00:00Z`, 'UTC', { year: true }) : 'none in 35 days',
                  },
                  { name: 'Named by calls as', value: <span className="font-mono [overflow-wrap:anywhere]">{workload.slug}</span> },
                ]}
              />
            </Panel>
            <Panel
              title={covering.length === 1 ? 'One budget covers it' : `${covering.length} budgets cover it`}
              aside="they overlap, never summed"
            >
              <ul>
                {covering.map(({ budget, much }) => (
                  <li
                    key={budget.id}
                    className="flex flex-wrap items-start gap-x-3 border-line border-t px-3 py-2 first:border-t-0 md:px-4"
                  >
                    <span className="min-w-0 flex-1 basis-40 [overflow-wrap:anywhere]">
                      <Link href={`/budgets/${budget.id}`} className="font-medium hover:underline">
                        {budget.name}
                      </Link>
                      <span className="block text-12 text-ink-2">
                        {much === 'all' ? 'covers all its calls' : 'covers a part of its calls'}
                      </span>
                    </span>
                    <span className="text-right tabular-nums">
                      {formatMoney(budget.current.chargedNanoUsd, {
                        style: 'tile',
                        sign: budget.current.unpricedCalls > 0 ? 'at_least' : undefined,
                      })}
                      <span className="text-ink-2"> of {formatMoney(budget.current.amountNanoUsd, { style: 'tile' })}</span>
                      {budget.current.stopId === null ? null : (
                        <span className="block">
                          <Status kind={budget.mode === 'enforce' ? 'stopped' : 'observes'}>
                            {budget.mode === 'enforce' ? 'stopped' : 'past its limit'}
                          </Status>
                        </span>
                      )}
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
            <FeaturesPanel workload={workload} actions={actions} zone={props.zone} mayWrite={mayWrite} />
          </div>
        </div>
      </div>
    </>
  );
}
