import { hash } from 'node:crypto';
import type { PeriodSpan } from '@/lib/budget/make-period';
import { periodsAt } from '@/lib/budget/periods';
import { type CallDims, covers } from '@/lib/budget/scope';
import type { ActiveBudget, BudgetSet } from '@/lib/budget/set';
import type { Context, Pins } from '@/lib/context';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Units } from '@/lib/kernel/units';
import { type Book, modelOf, type Price, priceOf, type UnitPrices, unpricedUpper, worstCase } from '@/lib/price/rules';
import type { AuthorizeRequest } from '@/lib/spend/schema';
import type { SeenWorkload } from '@/lib/workload/seen';

/** An ask with everything known that needs no period row: what it is for, what it may cost at most, which budgets it meets. */
export type Ask = {
  keyId: string;
  request: AuthorizeRequest;
  requestHash: string;
  holdId: string;
  dims: CallDims;
  price: Price;
  prices: UnitPrices | null;
  book: Book;
  budgets: ActiveBudget[];
  spans: PeriodSpan[];
  fallback: SeenWorkload['fallback'];
};

/** A fingerprint of an ask, so that one key with two different asks is told apart from a retry. */
export const hashOf = (request: unknown): string =>
  hash(
    'sha256',
    JSON.stringify(request, (_, value) => sorted(value)),
    'hex',
  );

const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** What a call is for: a key's pins say it whatever the call says, and the workload adds its team, cost centre and stage. */
export function dimsOf(request: AuthorizeRequest, pins: Pins, workload: SeenWorkload, model: string): CallDims {
  return {
    workload: workload.slug,
    feature: pins.feature ?? request.feature ?? '',
    provider: request.provider,
    model,
    trafficStage: request.trafficStage ?? workload.trafficStage,
    customer: pins.customer ?? request.customer ?? '',
    tags: { ...request.tags, ...pins.tags },
    team: workload.team,
    costCentre: workload.costCentre,
    unassigned: !workload.adopted,
  };
}

/** Gathers an ask, without its periods. */
export function askOf(
  ctx: Context,
  set: BudgetSet,
  book: Book,
  asked: { keyId: string; pins: Pins; request: AuthorizeRequest; requestHash: string; holdId: string },
  workload: SeenWorkload,
): Ask {
  const { request } = asked;
  const price = priceOf(book, request.provider, request.model, ctx.now);
  const dims = dimsOf(request, asked.pins, workload, modelOf(price, request.model));
  const prices = price.kind === 'priced' && worstCase(request.maxUnits, price.unitPrices) !== null ? price.unitPrices : null;
  return {
    ...{ keyId: asked.keyId, request, requestHash: asked.requestHash, holdId: asked.holdId, dims, price, prices, book },
    ...{ budgets: set.budgets.filter((budget) => covers(budget, dims)), spans: [], fallback: workload.fallback },
  };
}

/** The most that a call of these units can cost: at its prices, or at the upper guess where there are none. */
export const boundOf = (ask: Ask, units: Units): NanoUsd => {
  const priced = ask.prices ? worstCase(units, ask.prices) : null;
  return priced ?? unpricedUpper(units, ask.book);
};

/** The most output, with the ask's other units, that costs no more than `most`; −1 when not even none does. */
export function largestOutput(ask: Ask, most: NanoUsd): number {
  const fits = (output: number) => boundOf(ask, { ...ask.request.maxUnits, output }) <= most;
  if (!fits(0)) return -1;
  let low = 0;
  let high = ask.request.maxUnits.output;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Finds the period of every budget that each ask meets now; makes those that are first needed. */
export async function findSpans(ctx: Context, set: BudgetSet, asks: Ask[]): Promise<void> {
  const wanted = asks.flatMap((ask) => ask.budgets.map((budget) => ({ budget, at: ctx.now })));
  const spans = await periodsAt(ctx, set, wanted);
  let from = 0;
  for (const ask of asks) {
    ask.spans = spans.slice(from, from + ask.budgets.length).flatMap((span) => span ?? []);
    from += ask.budgets.length;
  }
}
