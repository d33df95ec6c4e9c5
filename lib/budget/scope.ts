/** The dimensions a budget's scope may name, beside tags. */
export const SCOPE_FIELDS = ['workload', 'feature', 'team', 'costCentre', 'provider', 'model', 'trafficStage', 'customer'] as const;
export type ScopeField = (typeof SCOPE_FIELDS)[number];

/** What a budget covers: every named dimension must be equal; none named is everything. */
export type Scope = { [field in ScopeField]?: string } & { tags: Record<string, string> };

/** What a call is for, as budgets see it: the model asked for, where that differs from the one that answered. */
export type CallDims = { [field in ScopeField]: string } & { tags: Record<string, string>; unassigned: boolean };

export const BUDGET_KINDS = ['scoped', 'everything', 'unassigned'] as const;
/** `everything` is the organisation's own budget, `unassigned` the one over all workloads nobody has adopted. */
export type BudgetKind = (typeof BUDGET_KINDS)[number];

/** Whether a budget covers a call. */
export function covers(budget: { kind: BudgetKind; scope: Scope }, call: CallDims): boolean {
  if (budget.kind === 'everything') return true;
  if (budget.kind === 'unassigned') return call.unassigned;
  const { scope } = budget;
  for (const field of SCOPE_FIELDS) {
    const wanted = scope[field];
    if (wanted !== undefined && wanted !== call[field]) return false;
  }
  for (const tag in scope.tags) if (call.tags[tag] !== scope.tags[tag]) return false;
  return true;
}
