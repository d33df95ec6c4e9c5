'use client';

import Link from 'next/link';
import type { BudgetOut } from '@/lib/budget/schema';
import type { ApiProblem } from '@/lib/http/call';
import { formatDay } from '@/lib/kernel/format-time';
import { guardOf } from '@/lib/playbook/guard';
import { useAdopt, useWorkloads } from '@/lib/workload/client';
import type { WorkloadOut } from '@/lib/workload/schema';
import { PageHeader } from '../shell/page-header';
import { Button } from '../ui/button';
import { Panel } from '../ui/panel';
import { ErrorState } from '../ui/states';
import { Status } from '../ui/status';
import { type Column, Table } from '../ui/table/table';
import { sayDone, sayFailed } from '../ui/toast';
import { GuardCell } from './guard-cell';
import { CRITICALITY_WORDS, ENFORCEMENT_WORDS, STAGE_WORDS, workloadsFirstLine } from './words';

export const workloadHref = (slug: string): string => `/workloads/${encodeURIComponent(slug)}`;

type WorkloadListProps = {
  initial: WorkloadOut[];
  budgets: BudgetOut[];
  hasDefaultPolicy: boolean;
  memberNames: Record<string, string>;
  mayWrite: boolean;
};

/** Every workload: who answers for it, and whether a stop reaches it. */
export function WorkloadList({ initial, budgets, hasDefaultPolicy, memberNames, mayWrite }: WorkloadListProps) {
  const { data = initial, error, refetch, isFetching } = useWorkloads(initial);
  // What waits for a person stands first; the rest by name.
  const rows = data.toSorted((a, b) => Number(a.adoptedAt !== null) - Number(b.adoptedAt !== null) || a.name.localeCompare(b.name, 'en'));
  const columns: Column<WorkloadOut>[] = [
    {
      key: 'name',
      head: 'Workload',
      name: true,
      cell: (each) => (
        <span className="block min-w-0 [overflow-wrap:anywhere]">
          <Link href={workloadHref(each.slug)} className="font-medium hover:underline max-sm:font-semibold">
            {each.name}
          </Link>
          {each.name === each.slug ? null : <span className="block font-normal text-12 text-ink-2">{each.slug}</span>}
        </span>
      ),
    },
    {
      key: 'criticality',
      head: 'Criticality',
      cell: (each) => (each.criticality === 'critical' ? <b>{CRITICALITY_WORDS.critical}</b> : CRITICALITY_WORDS[each.criticality]),
    },
    { key: 'stage', head: 'Stage', cell: (each) => STAGE_WORDS[each.trafficStage] },
    {
      key: 'team',
      head: 'Team, cost centre',
      cell: (each) => [each.team, each.costCentre].filter((part) => part !== null).join(', ') || <Missing>none</Missing>,
    },
    {
      key: 'owner',
      head: 'Owner',
      cell: (each) => (each.ownerId === null ? <Missing>nobody</Missing> : (memberNames[each.ownerId] ?? 'a former member')),
    },
    { key: 'enforcement', head: 'Enforcement', cell: (each) => <Enforcement workload={each} /> },
    {
      key: 'guarded',
      head: 'Guarded',
      cell: (each) => <GuardCell name={each.name} checks={guardOf(each, budgets, hasDefaultPolicy)} />,
    },
    {
      key: 'last',
      head: 'Last call',
      cell: (each) => (each.lastDay ? formatDay(`${each.lastDay}T12:00:00Z`, 'UTC') : <Missing>none in 35 days</Missing>),
    },
    {
      key: 'adopt',
      head: 'Adopted',
      figure: true,
      cell: (each) =>
        each.adoptedAt !== null ? (
          <Status kind="ok">adopted</Status>
        ) : mayWrite ? (
          <Adopt workload={each} />
        ) : (
          <Status kind="info">not adopted</Status>
        ),
    },
  ];
  return (
    <>
      <PageHeader trail={[{ label: 'Budgets', href: '/budgets' }, { label: 'Workloads' }]} title={workloadsFirstLine(data)} />
      <Panel>
        {error ? (
          <ErrorState flush onRetry={() => void refetch()} busy={isFetching} {...(error.requestId ? { reference: error.requestId } : {})}>
            {error.detail}
          </ErrorState>
        ) : null}
        <Table
          caption="Workloads, those not adopted first"
          columns={columns}
          rows={rows}
          rowKey={(each) => each.id}
          empty={
            <>
              A workload appears here with the first call that names it.{' '}
              <Link href="/start" className="text-accent-ink underline underline-offset-2">
                Send one
              </Link>
            </>
          }
        />
      </Panel>
      <p className="mt-3 max-w-[72ch] text-12 text-ink-2">
        Adopted means that somebody answers for it; until then its spend counts in the budget “Unassigned workloads”. Enforcement is worked
        out from how its usage arrives.
      </p>
    </>
  );
}

const Missing = ({ children }: { children: string }) => <span className="text-ink-3">{children}</span>;

/** How far a stop reaches, with the sentence that says what that means. */
export function Enforcement({ workload }: { workload: WorkloadOut }) {
  const { word } = ENFORCEMENT_WORDS[workload.enforcement];
  if (workload.enforcement !== 'reported') return <Status kind="ok">{word}</Status>;
  return <Status kind={workload.stopByHand === null ? 'warn' : 'off'}>{word}</Status>;
}

/** Takes a workload on. */
export function Adopt({ workload, kind = 'plain' }: { workload: WorkloadOut; kind?: 'plain' | 'primary' }) {
  const adopt = useAdopt(workload.slug);
  return (
    <Button
      small
      kind={kind}
      className="-my-1"
      busy={adopt.isPending}
      onClick={() =>
        // The button goes with what it did: what is said after it must not wait for it.
        adopt.mutateAsync().then(
          () => sayDone(`${workload.name} is adopted: give it an owner and a budget.`),
          (problem: ApiProblem) => sayFailed(problem.detail),
        )
      }
    >
      Adopt<span className="sr-only"> {workload.name}</span>
    </Button>
  );
}
