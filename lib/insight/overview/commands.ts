import type { Context } from '@/lib/context';

/** What can be found by its name from everywhere. */
export type Command = { id: string; label: string; group: string; icon: 'budget' | 'workload' | 'plus'; href: string };

/** More names than this in a list are no help in finding one. */
const MOST = 300;

/** Budgets and workloads by name, and what can be made. */
export async function commandsOf(ctx: Context): Promise<Command[]> {
  const rows = await ctx.tx.query<{ group: string; id: string; name: string }>(
    `(SELECT 'Budgets' AS group, id, name FROM budget WHERE org_id = $1 AND ended_at IS NULL AND stage_of IS NULL ORDER BY name LIMIT ${MOST})
     UNION ALL
     (SELECT 'Workloads', slug, name FROM workload WHERE org_id = $1 AND ended_at IS NULL ORDER BY name LIMIT ${MOST})`,
    [ctx.orgId],
  );
  const found = rows.map(({ group, id, name }): Command => {
    const isBudget = group === 'Budgets';
    const href = isBudget ? `/budgets/${id}` : `/workloads/${encodeURIComponent(id)}`;
    return { id: href, label: name, group, icon: isBudget ? 'budget' : 'workload', href };
  });
  return [{ id: '/budgets/new', label: 'New budget', group: 'Make', icon: 'plus', href: '/budgets/new' }, ...found];
}
