import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { PeriodKind } from '@/lib/kernel/period';
import type { BudgetKind, Scope } from './scope';
import { replaceThresholds } from './threshold/rows';
import type { Threshold } from './threshold/rules';

export type NewBudget = {
  name: string;
  kind: BudgetKind;
  scope: Scope;
  period: PeriodKind | { startsAt: Instant; endsAt: Instant };
  /** Decimal text in `currency`. */
  amount: string;
  currency: string;
  mode: 'enforce' | 'observe';
  ownerId: string | null;
  escalationPolicyId?: string | null;
  leases: boolean;
  onUnpriced: 'refuse' | 'allow';
  thresholds: Threshold[];
};

/** Writes a budget's own rows, and lets every process know that the set has changed. @returns its id */
export async function insertBudget(ctx: Context, budget: NewBudget): Promise<string> {
  const id = makeId('bud', ctx.now);
  const { scope, period } = budget;
  const fixed = typeof period === 'string' ? null : period;
  await ctx.tx.query(
    `INSERT INTO budget (org_id, id, name, kind, workload, feature, team, cost_centre, provider, model, traffic_stage, customer, tags,
                         period_kind, fixed_starts_at, fixed_ends_at, amount, currency, mode, owner_id, leases, on_unpriced, created_by, created_at,
                         escalation_policy_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)`,
    [
      ...[ctx.orgId, id, budget.name, budget.kind, scope.workload ?? null, scope.feature ?? null, scope.team ?? null],
      ...[scope.costCentre ?? null, scope.provider ?? null, scope.model ?? null, scope.trafficStage ?? null, scope.customer ?? null],
      ...[scope.tags, fixed ? null : (period as string), fixed ? toIso(fixed.startsAt) : null, fixed ? toIso(fixed.endsAt) : null],
      ...[budget.amount, budget.currency, budget.mode, budget.ownerId, budget.leases, budget.onUnpriced, ctx.actor.id, toIso(ctx.now)],
      budget.escalationPolicyId ?? null,
    ],
  );
  await replaceThresholds(ctx, id, budget.thresholds, '/thresholds');
  await bumpBudgetSet(ctx);
  return id;
}

/** Lets every process read the budget set, and what it knows of workloads, anew. */
export async function bumpBudgetSet(ctx: Context): Promise<void> {
  await ctx.tx.query('UPDATE organisation SET budget_set_version = budget_set_version + 1 WHERE id = $1', [ctx.orgId]);
}
