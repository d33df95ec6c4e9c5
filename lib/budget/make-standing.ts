import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { checkedAmount } from './amount';
import { lockCurrent } from './current';
import { insertBudget } from './insert';
import type { StandingIn } from './schema';
import { freshBudgetSet, lockBudgetSet } from './set';
import { defaultThresholds } from './threshold/rules';

const STANDING = [
  { kind: 'everything', name: 'Everything' },
  { kind: 'unassigned', name: 'Unassigned workloads' },
] as const;

/**
 * Makes the two budgets that every organisation has and keeps: one over everything, and one over all workloads that nobody has
 * adopted. By the month; they observe until a person lets them enforce. For a new organisation, whose ledger is empty.
 * @param input amounts as decimal text · @returns their ids · @throws Fault currency.no_rate · budget.amount_too_large
 */
export async function makeStandingBudgets(ctx: Context, input: StandingIn): Promise<{ everything: string; unassigned: string }> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const ids = { everything: '', unassigned: '' };
  for (const { kind, name } of STANDING) {
    const amount = input[kind];
    await checkedAmount(ctx, amount, input.currency);
    ids[kind] = await insertBudget(ctx, {
      ...{ name, kind, scope: { tags: {} }, period: 'month', amount, currency: input.currency, mode: 'observe' },
      ...{ ownerId: null, leases: false, onUnpriced: 'refuse', thresholds: defaultThresholds(false) },
    });
    await audit(ctx, 'budget.created', { kind: 'budget', id: ids[kind] }, null, {
      name,
      kind,
      amount,
      currency: input.currency,
      mode: 'observe',
    });
  }
  const set = await freshBudgetSet(ctx.tx, ctx.orgId);
  for (const budget of set.budgets) if (budget.kind !== 'scoped') await lockCurrent(ctx, set, budget);
  return ids;
}
