import type { BudgetOut } from '@/lib/budget/schema';
import { coverage } from '@/lib/playbook/coverage';
import type { WorkloadOut } from '@/lib/workload/schema';

/** One thing that makes a workload guarded. `missing` says what is not so, null where it is as `found` says; `href` is where that is closed. */
export type GuardCheck = { key: string; label: string; missing: string | null; found: string; act: string; href: string };

const pageOf = (slug: string): string => `/workloads/${encodeURIComponent(slug)}`;

/** The budget that holds all of a workload and of no other: one that enforces before one that observes. */
function ownBudget(workload: WorkloadOut, budgets: readonly BudgetOut[]): BudgetOut | undefined {
  const own = budgets.filter((each) => each.endedAt === null && each.kind === 'scoped' && coverage(each, workload) === 'all');
  return own.find((each) => each.mode === 'enforce') ?? own[0];
}

/** Whether a budget's levels do something before its stop, and ask a person where the workload is critical; a sentence where not. */
function levelsMissing({ thresholds }: BudgetOut, { criticality }: WorkloadOut): string | null {
  if (!thresholds.some((each) => each.kind === 'contain' && each.actions.length > 0))
    return 'Nothing is slowed before its budget stops it.';
  const stop = thresholds.find((each) => each.kind === 'stop');
  return criticality === 'critical' && stop?.mustAnswer !== true ? 'It is critical, and nobody must answer for its stop.' : null;
}

/**
 * How far a workload is guarded, check by check, each with what is missing and where that is closed.
 * @param hasDefaultPolicy whether the organisation has made a default escalation policy of its own
 */
export function guardOf(workload: WorkloadOut, budgets: readonly BudgetOut[], hasDefaultPolicy: boolean): GuardCheck[] {
  const page = pageOf(workload.slug);
  const budget = ownBudget(workload, budgets);
  const budgetPage = budget ? `/budgets/${budget.id}` : `/budgets/new?${new URLSearchParams({ workload: workload.slug })}`;
  const isAdopted = workload.adoptedAt !== null;
  const asks = workload.enforcement !== 'reported';
  const ask = { act: 'Ask first', href: '/docs/api#asking-first' };
  const toBudget = (act: string, place: string) =>
    budget ? { act, href: `${budgetPage}#${place}` } : { act: 'Make one', href: budgetPage };
  const onForm = (act: string) => ({ act, href: `${page}#what` });
  const adopt = { act: 'Adopt it', href: page };
  const ungated = budget?.mode === 'observe' ? 'Its budget observes and refuses nothing.' : null;
  const isAnswered = (budget !== undefined && budget.escalationPolicyId !== null) || hasDefaultPolicy;
  const checks: [string, string, string | null, { act: string; href: string }][] = [
    ['criticality', 'Criticality', isAdopted ? null : 'Nobody has said how critical it is.', adopt],
    ['stage', 'Traffic stage', isAdopted ? null : 'Nobody has said how far it is in production.', adopt],
    ['owner', 'Owner', workload.ownerId === null ? 'Nobody answers for what it spends.' : null, onForm('Name one')],
    ['enforcement', 'Enforcement', asks ? null : 'It only reports what it has spent: a stop cannot refuse its calls.', ask],
    ['budget', 'Budget', budget === undefined ? 'No budget of its own can stop it.' : ungated, toBudget('Enforce', 'mode')],
    [
      ...(['levels', 'Levels'] as const),
      budget === undefined ? 'Without a budget of its own there are no levels.' : levelsMissing(budget, workload),
      toBudget('Set levels', 'levels'),
    ],
    [
      ...(['policy', 'Escalation'] as const),
      isAnswered ? null : 'Nobody has said who is told of a breach, in which order.',
      { act: 'Make a policy', href: '/settings/escalation' },
    ],
    ['fallback', 'Fallback', workload.fallback === null ? 'Its users are told nothing when it is refused.' : null, onForm('Write it')],
    [
      ...(['by_hand', 'Stop by hand'] as const),
      asks || workload.stopByHand !== null ? null : 'It cannot be refused, and nobody wrote how to stop it.',
      onForm('Write it'),
    ],
  ];
  const found = (key: string) =>
    key === 'by_hand' && workload.stopByHand === null ? 'not needed: it asks first' : key === 'enforcement' ? 'asks first' : 'is set';
  return checks.map(([key, label, missing, close]) => ({ key, label, missing, found: found(key), ...close }));
}

/** "6 of 9". */
export function guardedWords(checks: readonly GuardCheck[]): string {
  return `${checks.filter((each) => each.missing === null).length} of ${checks.length}`;
}
