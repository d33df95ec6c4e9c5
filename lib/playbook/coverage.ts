import type { BudgetOut } from '@/lib/budget/schema';
import type { WorkloadOut } from '@/lib/workload/schema';

/** How much of a workload's calls a budget covers; null for none. What narrows it further (a model, a customer) makes it a part. */
export function coverage(budget: Pick<BudgetOut, 'kind' | 'scope'>, workload: WorkloadOut): 'all' | 'part' | null {
  if (budget.kind === 'everything') return 'all';
  if (budget.kind === 'unassigned') return workload.adoptedAt === null ? 'all' : null;
  const own: Record<string, string | null> = { workload: workload.slug, team: workload.team, costCentre: workload.costCentre };
  const { tags, ...plain } = budget.scope;
  for (const [field, value] of Object.entries(plain)) if (field in own && own[field] !== value) return null;
  const more = Object.keys(plain).some((field) => !(field in own)) || Object.keys(tags ?? {}).length > 0;
  return more ? 'part' : 'all';
}
