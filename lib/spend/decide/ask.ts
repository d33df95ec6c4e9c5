import { hash } from 'node:crypto';
import type { PeriodSpan } from '@/lib/budget/make-period';
import { periodsAt } from '@/lib/budget/periods';
import { type CallDims, covers } from '@/lib/budget/scope';
import type { ActiveBudget, BudgetSet } from '@/lib/budget/set';
import type { ContainmentSet } from '@/lib/containment/set';
import type { Context, Pins } from '@/lib/context';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Units } from '@/lib/kernel/units';
import { type Book, modelOf, type Price, priceOf, type UnitPrices, unpricedUpper, worstCase } from '@/lib/price/rules';
import { type Contained, containedBy } from '@/lib/spend/contain/contain';
import type { AuthorizeRequest } from '@/lib/spend/schema';
import type { SeenWorkload } from '@/lib/workload/seen';
import { isModelAllowed } from './allowed-model';
import type { InputFor } from './ops';

/** An ask with everything known that needs no period row: what it is for, what it may cost at most, which budgets it meets. */
export type Ask = {
  keyId: string;
  /** For the model that is to be called, which an action may have put in the place of the one asked for. */
  request: AuthorizeRequest;
  contained: Contained;
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
export const hashOf = (request: unknown): string => hash('sha256', canonical(request), 'hex');

/** JSON with the names of every object in order; what is undefined is left out. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const named = value as Record<string, unknown>;
  let text = '';
  for (const name of Object.keys(named).sort()) {
    const inner = named[name];
    if (inner === undefined) continue;
    text += `${text === '' ? '{' : ','}${JSON.stringify(name)}:${typeof inner === 'number' ? inner : canonical(inner)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

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

/** What decisions go by: all budgets of an organisation, its prices, and what contains its spend. */
export type Rules = { set: BudgetSet; book: Book; containment: ContainmentSet };

/** What is asked, by which key. */
type Asked = { keyId: string; pins: Pins; request: AuthorizeRequest; requestHash: string; holdId: string; inputFor?: InputFor };

/** Gathers an ask, without its periods. One that an action refuses, or whose key may not call its model, meets no budget. */
export function askOf(ctx: Context, rules: Rules, asked: Asked, workload: SeenWorkload): Ask {
  const ask = containedAsk(ctx, rules, asked, workload);
  if (ask.contained.refusal || isModelAllowed(asked.pins.models, ask.dims, rules.book, ctx.now)) return ask;
  return { ...ask, contained: { ...ask.contained, limits: [], refusal: { reason: 'model_not_allowed', actionId: null } }, budgets: [] };
}

function containedAsk(ctx: Context, { set, book, containment }: Rules, asked: Asked, workload: SeenWorkload): Ask {
  const price = priceOf(book, asked.request.provider, asked.request.model, ctx.now);
  const dims = dimsOf(asked.request, asked.pins, workload, modelOf(price, asked.request.model));
  const contained = containedBy(ctx, containment, asked, dims);
  const own = { keyId: asked.keyId, contained, requestHash: asked.requestHash, holdId: asked.holdId, book, fallback: workload.fallback };
  if (contained.refusal)
    return { ...own, request: asked.request, dims, price, prices: pricesFor(price, asked.request), budgets: [], spans: [] };
  if (!contained.route) return { ...own, request: asked.request, ...metBy(set, dims, price, asked.request) };
  const { request } = contained;
  const routed = priceOf(book, request.provider, request.model, ctx.now);
  return {
    ...own,
    request,
    ...metBy(set, { ...dims, provider: request.provider, model: modelOf(routed, request.model) }, routed, request),
  };
}

/** The prices that bound a call; null where one of its units has none. */
const pricesFor = (price: Price, request: AuthorizeRequest): UnitPrices | null =>
  price.kind === 'priced' && worstCase(request.maxUnits, price.unitPrices) !== null ? price.unitPrices : null;

const metBy = (set: BudgetSet, dims: CallDims, price: Price, request: AuthorizeRequest) => ({
  ...{ dims, price, prices: pricesFor(price, request), spans: [] as PeriodSpan[] },
  budgets: set.budgets.filter((budget) => covers(budget, dims)),
});

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
