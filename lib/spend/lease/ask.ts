import { type BudgetSet, budgetSet, lockBudgetSet } from '@/lib/budget/set';
import { containmentSet, containmentVersion } from '@/lib/containment/set';
import type { Context, Pins } from '@/lib/context';
import { bookOf } from '@/lib/price/book';
import type { Book } from '@/lib/price/rules';
import { seenWorkloads } from '@/lib/workload/seen';
import { type Ask, askOf, findSpans } from '../decide/ask';
import type { LeaseIn } from './schema';

/** What a lease's calls are for. */
export type Purpose = Pick<LeaseIn, 'workload' | 'feature' | 'provider' | 'model' | 'customer' | 'tags' | 'trafficStage'>;

/** The first lock, and what is decided by under it. */
export async function openRules(ctx: Context): Promise<{ set: BudgetSet; book: Book }> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'shared');
  const set = await budgetSet(ctx.tx, ctx.orgId);
  return { set, book: await bookOf(ctx.tx, ctx.orgId, set.priceVersion) };
}

/** A lease as an ask, with the periods it belongs to now. Its bound is no number of units: it is the money that it is given. */
export async function leaseAsk(
  ctx: Context,
  { set, book }: { set: BudgetSet; book: Book },
  { keyId, pins, holdId, ...purpose }: Purpose & { keyId: string; pins: Pins; holdId: string },
): Promise<Ask> {
  const slug = pins.workload ?? purpose.workload;
  const workload = (await seenWorkloads(ctx.tx, set, [slug], ctx.now)).get(slug);
  if (!workload) throw new Error(`workload ${slug} was neither found nor made`);
  const containment = await containmentSet(ctx.tx, ctx.orgId, await containmentVersion(ctx.tx, ctx.orgId), book, ctx.now);
  const request = { ...purpose, maxUnits: { input: 0, output: 0 }, ttlSeconds: 60, maxWaitMs: 0, idempotencyKey: holdId };
  const ask = askOf(ctx, { set, book, containment }, { keyId, pins, request, requestHash: '', holdId }, workload);
  await findSpans(ctx, set, [ask]);
  return ask;
}

/**
 * Why calls of this kind are to be asked for one by one, whatever room there is: in words; null where a lease can decide on them.
 */
export function whyNoLease({ budgets, prices, contained }: Ask): string | null {
  const { refusal, route, limits, featuresOff } = contained;
  if (refusal || route || limits.length > 0 || featuresOff.length > 0) return 'An action contains these calls.';
  if (prices === null) return 'The model has no price, so that its calls cannot be bounded.';
  const without = budgets.find((budget) => !budget.leases && budget.stageOf === null);
  if (without) return `The budget "${without.name}" gives no leases.`;
  return budgets.some((budget) => budget.stageOf !== null) ? 'A budget is being resumed in stages.' : null;
}
