import { z } from 'zod';
import { lockBudgetSet } from '@/lib/budget/set';
import { attempt } from '@/lib/http/attempt';
import { door, openDoor } from '@/lib/http/door';
import { endPrice } from '@/lib/price/end';
import { addPriceIn, priceOut, pricesIn } from '@/lib/price/schema';
import type { Repriced } from './reprice';
import { previewPrices, setPrices } from './set-prices';

const repricedOut = z.object({
  calls: z.number(),
  deltaNanoUsd: z.string(),
  budgets: z.array(z.object({ budgetId: z.string(), periodId: z.string(), deltaNanoUsd: z.string(), raisesStop: z.boolean() })),
});

export type RepricedOut = z.output<typeof repricedOut>;

const shown = ({ calls, deltaNano, budgets }: Repriced): z.output<typeof repricedOut> => ({
  calls,
  deltaNanoUsd: String(deltaNano),
  budgets: budgets.map(({ deltaNano: delta, ...rest }) => ({ ...rest, deltaNanoUsd: String(delta) })),
});

const setOut = z.union([priceOut.extend({ repriced: repricedOut }), z.object({ items: z.array(priceOut), repriced: repricedOut })]);

export const addPriceDoor = door({
  method: 'POST',
  path: '/api/v1/prices',
  right: 'price.write',
  tag: 'Prices',
  summary: 'Sets a price over the catalogue, or several at once, and prices the calls that had none',
  body: addPriceIn,
  answer: setOut,
  status: 201,
  async run(ctx, { body }) {
    if ('prices' in body) {
      const { prices, repriced } = await setPrices(ctx, body.prices, body.confirm);
      return { items: prices, repriced: shown(repriced) };
    }
    const { confirm, ...price } = body;
    const { prices, repriced } = await setPrices(ctx, [price], confirm);
    return { ...prices[0]!, repriced: shown(repriced) };
  },
});

export const previewPricesDoor = openDoor({
  method: 'POST',
  path: '/api/v1/prices/preview',
  right: 'price.write',
  tag: 'Prices',
  summary: 'Says what setting prices would do: calls priced, money moved, budgets stopped',
  body: pricesIn,
  answer: repricedOut,
  run: async (caller, { body }) => shown((await previewPrices((work) => attempt(caller, work), body.prices)).repriced),
});

export const endPriceDoor = door({
  method: 'DELETE',
  path: '/api/v1/prices/{id}',
  right: 'price.write',
  tag: 'Prices',
  summary: 'Ends a price that was set over the catalogue, from now on',
  params: z.object({ id: z.string() }),
  answer: priceOut,
  async run(ctx, { params, ifMatch }) {
    await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
    return endPrice(ctx, params.id, ifMatch);
  },
});
