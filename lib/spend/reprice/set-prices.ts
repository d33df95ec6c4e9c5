import { freshBudgetSet, lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { addPrices } from '@/lib/price/add';
import { freshBook } from '@/lib/price/book';
import type { PriceIn, PriceOut } from '@/lib/price/schema';
import { type Repriced, repriceUnpriced } from './reprice';

/** Prices set, and what pricing the calls that had waited for them came to. */
export type SetPrices = { prices: PriceOut[]; repriced: Repriced };

/**
 * Sets prices and prices the calls that waited for them, in one transaction that holds the budget set alone.
 * @param confirmed a person has seen that this raises a stop, and wants it
 * @throws Fault price.raises_stop naming the budgets, unless confirmed · price.conflict, price.bad_dates
 */
export async function setPrices(ctx: Context, prices: readonly PriceIn[], confirmed: boolean): Promise<SetPrices> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const added = await addPrices(ctx, prices);
  const set = await freshBudgetSet(ctx.tx, ctx.orgId);
  const book = await freshBook(ctx.tx, ctx.orgId);
  const repriced = await repriceUnpriced(ctx, set, book, (outcome) => {
    if (!confirmed) refuseStops(outcome, set.budgets);
  });
  return { prices: added, repriced };
}

function refuseStops(outcome: Repriced, budgets: readonly { id: string; name: string }[]): void {
  const stopped = outcome.budgets.filter((each) => each.raisesStop);
  if (stopped.length === 0) return;
  const names = stopped.map((each) => budgets.find((budget) => budget.id === each.budgetId)?.name ?? each.budgetId);
  const detail = `Pricing ${outcome.calls} calls with this stops ${names.join(', ')}. Send "confirm": true to do it all the same.`;
  throw new Fault('price.raises_stop', detail, {
    errors: stopped.map((each, i) => ({
      pointer: '',
      code: 'price.raises_stop',
      detail: `${names[i]} (${each.budgetId}) would be stopped.`,
    })),
  });
}

/** Rolls a preview back while it carries what it saw. */
class Seen extends Error {
  constructor(readonly result: SetPrices) {
    super('a preview is rolled back');
  }
}

/**
 * What setting prices would do: the real thing, rolled back. Call it in a transaction of its own.
 * @throws Fault price.conflict, price.bad_dates
 */
export async function previewPrices(
  run: (work: (ctx: Context) => Promise<never>) => Promise<never>,
  prices: readonly PriceIn[],
): Promise<SetPrices> {
  try {
    return await run(async (ctx) => {
      throw new Seen(await setPrices(ctx, prices, true));
    });
  } catch (error) {
    if (error instanceof Seen) return error.result;
    throw error;
  }
}
