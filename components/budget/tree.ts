import type { BudgetOut } from '@/lib/budget/schema';

export type Branch = { budget: BudgetOut; depth: number };

const named = (budget: BudgetOut): string[] =>
  Object.entries(budget.scope).flatMap(([field, value]) =>
    typeof value === 'string' ? [`${field}=${value}`] : Object.entries(value).map(([name, text]) => `tag:${name}=${text}`),
  );

/** Whether one budget's scope lies inside another's. */
function isInside(inner: BudgetOut, outer: BudgetOut): boolean {
  if (inner.id === outer.id || outer.kind === 'unassigned') return false;
  if (outer.kind === 'everything') return true;
  if (inner.kind !== 'scoped') return false;
  const [own, wider] = [named(inner), named(outer)];
  return own.length > wider.length && wider.every((part) => own.includes(part));
}

/** Budgets as a tree of scopes, flattened: each under the narrowest that contains it, the most used first. */
export function treeOf(budgets: BudgetOut[]): Branch[] {
  const parentOf = (budget: BudgetOut): string | null => {
    const outer = budgets.filter((each) => isInside(budget, each));
    return outer.sort((a, b) => named(b).length - named(a).length || (a.id < b.id ? -1 : 1))[0]?.id ?? null;
  };
  const parents = new Map(budgets.map((budget) => [budget.id, parentOf(budget)]));
  const byUse = (a: BudgetOut, b: BudgetOut) => (b.current.utilisation ?? 0) - (a.current.utilisation ?? 0) || (a.id < b.id ? -1 : 1);
  const under = (parent: string | null, depth: number): Branch[] =>
    budgets
      .filter((each) => parents.get(each.id) === parent)
      .sort(byUse)
      .flatMap((budget) => [{ budget, depth }, ...under(budget.id, depth + 1)]);
  return under(null, 0);
}
