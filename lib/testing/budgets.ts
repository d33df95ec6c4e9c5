import { expect } from 'vitest';
import { readBudget } from '@/lib/budget/read/budgets';
import { type BudgetChange, type BudgetOut, budgetChange, budgetIn } from '@/lib/budget/schema';
import { transaction } from '@/lib/db';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import type { Op } from '@/lib/spend/decide/ops';
import { changeBudget } from '@/lib/spend/limit/change-budget';
import { makeBudget } from '@/lib/spend/limit/make-budget';
import { recomputePeriods } from '@/lib/spend/recompute';
import { listStops } from '@/lib/stop/reads';
import type { StopOut } from '@/lib/stop/schema';
import type { TestOrg } from './an-org';
import { anAsk, NOON } from './bare-org';
import { bookUsage, type Spend } from './book-usage';

export const DOLLAR = 1_000_000_000n;

/** Makes a month's budget of $10 over support-bot that enforces, changed as the test needs. */
export const made = (org: TestOrg, part: Record<string, unknown> = {}, now = NOON): Promise<BudgetOut> => {
  const input = { name: 'Support', scope: { workload: 'support-bot' }, period: 'month', amount: '10.00', ...part };
  return org.run((ctx) => makeBudget(ctx, budgetIn.parse(input)), now);
};

/** Books reported spend of support-bot. @param nano nano-dollars */
export const spend = (org: TestOrg, nano: bigint, part: Omit<Spend, 'nano'> = {}, now = NOON): Promise<void> =>
  org.run((ctx) => bookUsage(ctx, [{ nano, ...part }]), now);

/** Changes a budget as an admin would. */
export const changed = (
  org: TestOrg,
  id: string,
  given: Partial<BudgetChange>,
  ifMatch: number | null = null,
  now = NOON,
): Promise<BudgetOut> => org.run((ctx) => changeBudget(ctx, { id, ifMatch, change: budgetChange.parse(given) }), now);

export const read = (org: TestOrg, id: string, now = NOON): Promise<BudgetOut> => readBudget(org.ctx(now), id);

/** Has one thing decided with the organisation's own key, and gives the answer. */
export async function decided(org: TestOrg, op: Pick<Op, 'kind' | 'request'>, now = NOON): Promise<Record<string, string>> {
  const [outcome] = await decideTogether(org.orgId, [{ keyId: org.keys['spend:authorize'].id, pins: { tags: {} }, ...op } as Op], now);
  if (!outcome || 'fault' in outcome) throw outcome?.fault ?? new Error('no outcome');
  return outcome.answer as Record<string, string>;
}

/** Asks for a call of support-bot that costs $0.0075 at most. */
export const ask = (org: TestOrg, part: Parameters<typeof anAsk>[0] = {}, now = NOON): Promise<Record<string, string>> =>
  decided(org, { kind: 'authorize', request: anAsk(part) }, now);

export const openStops = async (org: TestOrg): Promise<StopOut[]> => (await listStops(org.ctx(), { limit: 50, open: 'true' })).items;

/** Holds every figure of an organisation against the rows it is made of. */
export const expectTrue = async (org: TestOrg): Promise<void> =>
  expect(await transaction((tx) => recomputePeriods(tx, org.orgId))).toEqual([]);
