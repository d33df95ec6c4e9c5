import { readBudgetRow } from '@/lib/budget/read/budgets';
import { SCOPE_FIELDS } from '@/lib/budget/scope';
import type { Context } from '@/lib/context';
import type { Filter } from '../plan';

/** The calls a budget covers, as the spend query takes them; the model is the one that answered. @throws Fault budget.not_found */
export async function filtersOf(ctx: Context, budgetId: string | null): Promise<Filter[]> {
  if (budgetId === null) return [];
  const { kind, scope } = await readBudgetRow(ctx.tx, ctx.orgId, budgetId);
  if (kind === 'unassigned') {
    const rows = await ctx.tx.query<{ slug: string }>('SELECT slug FROM workload WHERE org_id = $1 AND adopted_at IS NULL', [ctx.orgId]);
    return [{ dimension: 'workload', values: rows.map((row) => row.slug) }];
  }
  const named: Filter[] = SCOPE_FIELDS.flatMap((field) =>
    scope[field] === undefined ? [] : [{ dimension: field, values: [scope[field]] }],
  );
  return [...named, ...Object.entries(scope.tags).map(([name, value]): Filter => ({ dimension: `tag:${name}`, values: [value] }))];
}
