import { audit } from '@/lib/audit/write';
import { checkedAmount } from '@/lib/budget/amount';
import { insertBudget } from '@/lib/budget/insert';
import { readBudget } from '@/lib/budget/read/budgets';
import type { BudgetIn, BudgetOut } from '@/lib/budget/schema';
import { freshBudgetSet, lockBudgetSet } from '@/lib/budget/set';
import { defaultThresholds, wholeThresholds } from '@/lib/budget/threshold/rules';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { days } from '@/lib/kernel/instant';
import { requireMember } from '@/lib/org/member/require';
import { adoptWorkload, isCritical } from '@/lib/workload/adopt';
import { fillFirstPeriods } from './fill-period';
import { levelFaults } from './level-faults';
import { requirePolicy } from './policy';

/** Fixed dates may span at most this: a chart of them must stay a chart. */
const LONGEST = days(5 * 366);

/**
 * Makes a budget over any scope. It starts with what the ledger holds for its scope in the running period, open holds included;
 * where that is above its limit already, its stop is raised at once and `current.stopId` names it. Naming a workload adopts it.
 * @param input amount as decimal text in `currency` (absent: the organisation's), `mode` absent is enforce, thresholds absent are
 *   50 % notify, 80 % contain, 95 % stop
 * @throws Fault currency.no_rate · budget.amount_too_large · budget.period_over · budget.period_invalid · budget.thresholds_invalid · member.unknown
 */
export async function makeBudget(ctx: Context, input: BudgetIn): Promise<BudgetOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  await requirePolicy(ctx, input.escalationPolicyId);
  checkPeriod(ctx, input.period);
  const currency = input.currency ?? (await currencyOf(ctx));
  await checkedAmount(ctx, input.amount, currency);
  await requireMember(ctx, input.ownerId ?? null);
  const { workload } = input.scope;
  if (workload !== undefined) await adoptWorkload(ctx, workload);
  const id = await insertBudget(ctx, {
    ...{ name: input.name, kind: 'scoped', scope: { ...input.scope, tags: input.scope.tags ?? {} }, period: input.period },
    ...{
      amount: input.amount,
      currency,
      mode: input.mode,
      ownerId: input.ownerId ?? null,
      escalationPolicyId: input.escalationPolicyId ?? null,
      leases: input.leases,
      onUnpriced: input.onUnpriced,
    },
    thresholds: thresholdsOf(input, await isCritical(ctx, workload)),
  });
  const set = await freshBudgetSet(ctx.tx, ctx.orgId);
  const budget = set.budgets.find((each) => each.id === id);
  if (!budget) throw new Error(`budget ${id} is not in its own set`);
  await fillFirstPeriods(ctx, set, budget);
  const made = await readBudget(ctx, id);
  const { current: _, ...after } = made;
  await audit(ctx, 'budget.created', { kind: 'budget', id }, null, after);
  return made;
}

function thresholdsOf(input: BudgetIn, critical: boolean) {
  if (!input.thresholds) return defaultThresholds(critical);
  const scope = { ...input.scope, tags: input.scope.tags ?? {} };
  const errors = levelFaults(input.thresholds, scope, typeof input.period === 'string' ? input.period : null, '/thresholds');
  if (errors[0]) throw new Fault('budget.thresholds_invalid', errors[0].detail, { errors });
  return wholeThresholds(input.thresholds, critical);
}

function checkPeriod(ctx: Context, period: BudgetIn['period']): void {
  if (typeof period === 'string') return;
  const faulty = (code: string, detail: string) => new Fault(code, detail, { errors: [{ pointer: '/period/endsAt', code, detail }] });
  if (period.endsAt <= period.startsAt) throw faulty('budget.period_invalid', 'endsAt lies after startsAt.');
  if (period.endsAt - period.startsAt > LONGEST) throw faulty('budget.period_invalid', 'Fixed dates span at most five years.');
  if (period.endsAt <= ctx.now)
    throw faulty('budget.period_over', 'These dates are over: a budget for them would stop nothing. Choose an end that is still to come.');
}

async function currencyOf(ctx: Context): Promise<string> {
  const [row] = await ctx.tx.query<{ currency: string }>('SELECT currency FROM organisation WHERE id = $1', [ctx.orgId]);
  if (!row) throw new Fault('organisation.not_found', 'This organisation does not exist any more.');
  return row.currency;
}
