import { mayPass } from '@/lib/auth/rights';
import type { Scope } from '@/lib/budget/scope';
import { SCOPE_FIELDS } from '@/lib/budget/scope';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';

type Owned = { kind: 'scoped' | 'everything' | 'unassigned'; scope: Scope };

/** Whether what is done lies inside a budget: it names every dimension that the budget names, with the same value. */
const isInside = (budget: Owned, scope: Scope, unassigned: boolean): boolean => {
  if (budget.kind === 'everything') return true;
  if (budget.kind === 'unassigned') return unassigned;
  return (
    SCOPE_FIELDS.every((field) => budget.scope[field] === undefined || budget.scope[field] === scope[field]) &&
    Object.entries(budget.scope.tags).every(([tag, value]) => scope.tags[tag] === value)
  );
};

/**
 * For verbs on actions: a role allows them everywhere, the budget owner's duty inside the scope of a budget that is theirs.
 * @throws Fault action.not_yours
 */
export async function requireContainment(ctx: Context, scope: Scope, unassigned = false): Promise<void> {
  const { actor } = ctx;
  const byRole = actor.kind === 'member' ? { ...actor, duties: [] } : actor;
  if (mayPass(byRole, 'containment.write')) return;
  const owned = await ctx.tx.query<Owned>(
    `SELECT kind, jsonb_strip_nulls(jsonb_build_object('workload', workload, 'feature', feature, 'team', team, 'costCentre', cost_centre,
        'provider', provider, 'model', model, 'trafficStage', traffic_stage, 'customer', customer)) || jsonb_build_object('tags', tags) AS scope
       FROM budget WHERE org_id = $1 AND owner_id = $2 AND ended_at IS NULL`,
    [ctx.orgId, actor.id],
  );
  if (owned.some((budget) => isInside(budget, scope, unassigned))) return;
  throw new Fault('action.not_yours', 'A budget owner contains spend inside their own budget. Name its scope, or ask an operator.');
}
