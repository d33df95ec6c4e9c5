import type { BudgetOut } from '@/lib/budget/schema';
import type { ActionKind, ActionOut } from '@/lib/containment/schema';
import { formatMoney } from '@/lib/kernel/format-money';
import { coverage } from '@/lib/playbook/coverage';
import type { WorkloadOut } from '@/lib/workload/schema';
import type { Row, Rung, RungState } from './rung';
import { levelOf, paramsWords, scopeWords } from './words';

/** The four grades, mildest first: taken one after the other, taken back in reverse. */
export const RUNGS: readonly { kind: ActionKind; label: string }[] = [
  { kind: 'route', label: 'cheaper model' },
  { kind: 'rate_limit', label: 'slower' },
  { kind: 'disable_feature', label: 'without feature' },
  { kind: 'block', label: 'stopped' },
];

const STRICTEST: readonly RungState[] = ['failed', 'in_force', 'taking_hold', 'prepared', 'off'];

/** Of several on one rung, the one that says most: what failed before what holds, what holds before what waits. */
const foremost = (actions: readonly ActionOut[]): RungState =>
  STRICTEST.find((state) => actions.some((action) => action.state === state)) ?? 'off';

const covered = (budgets: readonly BudgetOut[], workload: WorkloadOut) =>
  budgets.filter((budget) => budget.endedAt === null && coverage(budget, workload) === 'all');

function rungOf(kind: ActionKind, actions: ActionOut[], workload: WorkloadOut | null, budgets: readonly BudgetOut[]): Rung {
  const own = actions.filter((action) => action.kind === kind);
  const over = workload ? covered(budgets, workload) : [];
  const stopped = kind === 'block' ? over.find((budget) => budget.mode === 'enforce' && budget.current.stopId !== null) : undefined;
  if (stopped)
    return { kind, state: 'in_force', note: `by ${stopped.name}`, actions: own, stop: { budgetId: stopped.id, budgetName: stopped.name } };
  const state = foremost(own);
  const [first, ...others] = own.filter((action) => action.state === state);
  if (first) {
    const more = others.length > 0 ? `, and ${others.length} more: the stricter wins` : '';
    return { kind, state, note: `${paramsWords(first)}${more}`, actions: own, stop: null };
  }
  const planned = over.flatMap((budget) => plansOf(budget, kind));
  return planned.length > 0
    ? { kind, state: 'prepared', note: planned[0] as string, actions: [], stop: null }
    : { kind, state: 'off', note: '', actions: [], stop: null };
}

/** What the levels of a budget will do by themselves, and its stop: where on the money it happens. */
function plansOf(budget: BudgetOut, kind: ActionKind): string[] {
  if (budget.kind !== 'scoped') return [];
  const amountAt = (at: number) => formatMoney(levelOf(budget.current.amountNanoUsd, at), { style: 'tile' });
  const plans = budget.thresholds.flatMap((threshold) =>
    threshold.actions.filter((action) => action.kind === kind).map((action) => ({ at: threshold.at, asks: action.mode === 'ask' })),
  );
  const words = plans.map(({ at, asks }) => `at ${amountAt(at)}${asks ? ', asks' : ''}`);
  if (kind !== 'block') return words;
  const stop = `at ${formatMoney(budget.current.limitNanoUsd, { style: 'tile' })}`;
  return [...words, budget.mode === 'enforce' ? stop : `${stop}, would only record`];
}

const rank = (row: Row): number => Math.min(...row.rungs.map((rung) => STRICTEST.indexOf(rung.state)));

/**
 * The ladder: one row a workload, and one for each scope that crosses workloads. What holds something back stands first, then
 * critical workloads, then by name.
 */
export function ladder(workloads: readonly WorkloadOut[], actions: readonly ActionOut[], budgets: readonly BudgetOut[]): Row[] {
  const row = (key: string, name: string, workload: WorkloadOut | null, scope: ActionOut['scope'], own: ActionOut[]): Row => ({
    ...{ key, name, workload, scope },
    rungs: RUNGS.map(({ kind }) => rungOf(kind, own, workload, budgets)),
  });
  const known = new Set(workloads.map((workload) => workload.slug));
  const wide = Map.groupBy(
    actions.filter((action) => action.scope.workload === undefined || !known.has(action.scope.workload)),
    (action) => scopeWords(action),
  );
  const rows = [
    ...[...wide].map(([words, own]) => row(`scope ${words}`, words, null, (own[0] as ActionOut).scope, own)),
    ...workloads.map((workload) => {
      const own = actions.filter((action) => action.scope.workload === workload.slug);
      return row(workload.slug, workload.name, workload, { workload: workload.slug, tags: {} }, own);
    }),
  ];
  const critical = (each: Row) => Number(each.workload?.criticality === 'critical');
  return rows.toSorted((a, b) => rank(a) - rank(b) || critical(b) - critical(a) || a.name.localeCompare(b.name, 'en'));
}

/** Undone last in, first out: only the strictest rung that holds something may be taken back. */
export const undoable = (row: Row): ActionOut | null => {
  const held = row.rungs.flatMap((rung) => rung.actions.filter((action) => action.state !== 'prepared'));
  return held.at(-1) ?? null;
};
