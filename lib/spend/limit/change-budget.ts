import { audit } from '@/lib/audit/write';
import { mayPass, requireBudgetRight } from '@/lib/auth/rights';
import { amountText, checkedAmount } from '@/lib/budget/amount';
import { bumpBudgetSet } from '@/lib/budget/insert';
import { writeMeters } from '@/lib/budget/meter';
import { readBudget } from '@/lib/budget/read/budgets';
import type { BudgetView } from '@/lib/budget/read/view';
import type { BudgetChange, BudgetOut } from '@/lib/budget/schema';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { requireMember } from '@/lib/org/member/require';
import { stopIfSpent } from '@/lib/spend/charge';
import { crossLevels } from '@/lib/spend/cross';
import { moveLimits, raiseIfSpent } from './move-limits';
import { type OpenBudget, openBudget } from './open-budget';
import { requirePolicy } from './policy';
import { enforceNow, observeNow } from './switch-mode';

/**
 * Changes a budget: name, owner, amount (from now or from the next period), mode, what it does with unpriced calls, leases. A
 * change that raises a stop needs `confirm`. A person who only owns the budget may change its mode, and nothing else here.
 * @param ifMatch the version the caller has seen; another one means that someone was first
 * @throws Fault budget.not_found · budget.ended · etag.mismatch · budget.scope_fixed · budget.raises_stop · budget.no_next_period ·
 *   budget.amount_too_large · currency.no_rate · member.unknown · right.missing · budget.not_yours
 */
export async function changeBudget(ctx: Context, input: { id: string; ifMatch: number | null; change: BudgetChange }): Promise<BudgetOut> {
  const { change } = input;
  refuseFixed(change);
  const open = await openBudget(ctx, input.id, input.ifMatch);
  const { budget } = open;
  await requirePolicy(ctx, change.escalationPolicyId);
  requireRights(ctx, budget, change);
  const values = await newValues(ctx, budget, change);
  const fields = Object.keys(values) as (keyof Changeable)[];
  if (fields.length === 0) return readBudget(ctx, budget.id);
  await moveFigures(ctx, open, change);
  await writeValues(ctx, budget.id, values);
  await bumpBudgetSet(ctx);
  await crossLevels(ctx, open.meters);
  await writeMeters(ctx, open.meters);
  const was = changeableOf(budget);
  const before = Object.fromEntries(fields.map((field) => [field, was[field]]));
  await audit(ctx, 'budget.changed', { kind: 'budget', id: budget.id }, before, values);
  return readBudget(ctx, budget.id);
}

function refuseFixed(change: BudgetChange): void {
  const fixed = (['scope', 'period', 'currency'] as const).find((field) => change[field] !== undefined);
  if (!fixed) return;
  const detail = `The ${fixed} of a budget stays as it was made, so that its history stays true: end this budget and make another.`;
  throw new Fault(`budget.${fixed}_fixed`, detail, { errors: [{ pointer: `/${fixed}`, code: `budget.${fixed}_fixed`, detail }] });
}

function requireRights(ctx: Context, budget: BudgetView, change: BudgetChange): void {
  requireBudgetRight(ctx.actor, 'budget.mode', budget.ownerId);
  const more = [change.name, change.ownerId, change.amount, change.onUnpriced, change.leases, change.escalationPolicyId];
  if (more.every((each) => each === undefined) || mayPass(ctx.actor, 'budget.write')) return;
  throw new Fault(
    'right.missing',
    "A budget's owner may switch between enforce and observe here. Ask an analyst or an admin for the rest.",
  );
}

const COLUMNS = {
  name: 'name',
  ownerId: 'owner_id',
  mode: 'mode',
  onUnpriced: 'on_unpriced',
  leases: 'leases',
  escalationPolicyId: 'escalation_policy_id',
  amount: 'amount',
  nextAmount: 'next_amount',
} as const;
type Changeable = Record<keyof typeof COLUMNS, string | boolean | null>;

const changeableOf = (budget: BudgetView): Changeable => ({
  ...{ name: budget.name, ownerId: budget.ownerId, mode: budget.enforcing ? 'enforce' : 'observe', onUnpriced: budget.onUnpriced },
  ...{
    leases: budget.leases,
    escalationPolicyId: budget.escalationPolicyId,
    amount: amountText(budget.amount),
    nextAmount: budget.nextAmount === null ? null : amountText(budget.nextAmount),
  },
});

/** What becomes of the budget's own columns; only what differs. */
async function newValues(ctx: Context, budget: BudgetView, change: BudgetChange): Promise<Partial<Changeable>> {
  const { name, ownerId, mode, onUnpriced, leases, escalationPolicyId } = change;
  const wanted: Partial<Changeable> = { name, ownerId, mode, onUnpriced, leases, escalationPolicyId };
  if (ownerId !== undefined) await requireMember(ctx, ownerId);
  if (change.amount !== undefined) {
    await checkedAmount(ctx, change.amount, budget.currency);
    if (change.from === 'next_period') {
      if (budget.fixed) throw new Fault('budget.no_next_period', 'A budget of fixed dates has no next period. Change its amount from now.');
      wanted.nextAmount = amountText(change.amount);
    } else {
      // An amount that counts from now replaces one that was announced.
      Object.assign(wanted, { amount: amountText(change.amount), nextAmount: null });
    }
  }
  const now = changeableOf(budget);
  const differing = Object.entries(wanted).filter(([field, value]) => value !== undefined && value !== now[field as keyof Changeable]);
  return Object.fromEntries(differing);
}

/**
 * What the change does to the running period: the new limit first, then the mode, then the stop that they bring about. An amount
 * for the next period reaches one that a clock running ahead has begun already.
 */
async function moveFigures(ctx: Context, { budget, meters }: OpenBudget, change: BudgetChange): Promise<void> {
  const reached = change.from === 'now' ? meters : meters.filter((m) => m.startsAt > ctx.now);
  if (change.amount !== undefined) await moveLimits(ctx, reached, change.amount, budget.stopAt);
  const enforces = change.mode === undefined ? budget.enforcing : change.mode === 'enforce';
  if (enforces && !budget.enforcing) await enforceNow(ctx, meters);
  if (!enforces && budget.enforcing) {
    await observeNow(ctx, meters);
    for (const m of meters) await stopIfSpent(ctx, m);
  }
  await raiseIfSpent(ctx, budget.name, meters, enforces && !budget.enforcing ? 'enforced' : 'amount_lowered', change.confirm);
}

async function writeValues(ctx: Context, id: string, values: Partial<Changeable>): Promise<void> {
  const fields = Object.keys(values) as (keyof Changeable)[];
  await ctx.tx.query(
    `UPDATE budget SET ${fields.map((field, i) => `${COLUMNS[field]} = $${i + 3}`).join(', ')}, version = version + 1 WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, id, ...(Object.values(values) as Changeable[keyof Changeable][])],
  );
}
