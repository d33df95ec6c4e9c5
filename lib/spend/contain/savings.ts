import type { Saved } from '@/lib/containment/effect/note';
import type { Context } from '@/lib/context';
import { nanoUsd } from '@/lib/kernel/money';
import { costOf } from '@/lib/price/rules';
import { readHeldPrices } from '@/lib/spend/hold/held-prices';
import type { Ending } from '@/lib/spend/hold/settlement';

type Route = { holdId: string; actionId: string; fromPricesId: string };

/** Which of these holds were sent to another model, and by which action. */
export async function routesOf(ctx: Context, holdIds: readonly string[]): Promise<Map<string, Route>> {
  if (holdIds.length === 0) return new Map();
  const rows = await ctx.tx.query<Route>(
    'SELECT hold_id AS "holdId", action_id AS "actionId", from_prices_id AS "fromPricesId" FROM hold_route WHERE org_id = $1 AND hold_id = ANY($2)',
    [ctx.orgId, [...holdIds]],
    'routes_of',
  );
  return new Map(rows.map((row) => [row.holdId, row]));
}

/**
 * What rerouted calls have saved, now that they are settled: what the same units would have cost by the prices of the model that was
 * asked for, less what they cost. Nothing is said where either is not known: no price, or another source has booked the call.
 */
export async function savingsOf(ctx: Context, endings: readonly Ending[]): Promise<Saved[]> {
  const settled = endings.flatMap(({ hold, entries }) => {
    const row = entries.at(-1);
    return row !== undefined && row.calls === 1 && row.basis === 'priced' ? [{ hold, row }] : [];
  });
  const routes = await routesOf(
    ctx,
    settled.map(({ hold }) => hold.id),
  );
  if (routes.size === 0) return [];
  const ids = [...routes.values()].map((each) => each.fromPricesId).filter((id) => id !== '');
  const prices = await readHeldPrices(ctx.tx, ctx.orgId, ids);
  return settled.flatMap(({ hold, row }): Saved[] => {
    const route = routes.get(hold.id);
    const from = route && prices.get(route.fromPricesId);
    const would = from ? costOf(row.units, from.prices) : null;
    if (!route || would === null) return [];
    const { workload, customer, authorisedAt } = hold;
    return [{ holdId: hold.id, actionId: route.actionId, workload, customer, authorisedAt, saved: nanoUsd(would - row.amountNano) }];
  });
}
