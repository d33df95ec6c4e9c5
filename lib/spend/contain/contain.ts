import type { CallDims } from '@/lib/budget/scope';
import { foldCall, namesOf } from '@/lib/containment/names';
import { type ActiveOf, blockOn, effectOn, limitsOn } from '@/lib/containment/rules';
import type { ContainmentSet } from '@/lib/containment/set';
import type { Context } from '@/lib/context';
import type { Instant } from '@/lib/kernel/instant';
import type { Units } from '@/lib/kernel/units';
import { type Book, modelOf, priceOf, unpricedUpper, worstCase } from '@/lib/price/rules';
import type { InputFor } from '@/lib/spend/decide/ops';
import { type HeldPrices, nameHeldPrices } from '@/lib/spend/hold/held-prices';
import type { AuthorizeRequest } from '@/lib/spend/schema';

/** What the organisation's actions do to one ask. */
export type Contained = {
  /** The ask as it is decided: for another model where an action routes it. */
  request: AuthorizeRequest;
  refusal: { reason: 'blocked' | 'feature_disabled'; actionId: string } | { reason: 'model_not_allowed'; actionId: null } | null;
  route: { actionId: string; fromProvider: string; fromModel: string; fromPrices: HeldPrices | null } | null;
  limits: ActiveOf<'rate_limit'>[];
  featuresOff: string[];
};

type Asked = { request: AuthorizeRequest; inputFor?: InputFor | undefined };

const namedIn = ({ to }: ActiveOf<'route'>) => ({ provider: to.provider.toLowerCase(), model: to.model });

/** The units of a call that is routed: another model may make more of the same text. */
function unitsFor({ request, inputFor }: Asked, route: ActiveOf<'route'>): AuthorizeRequest['maxUnits'] {
  const { provider, model } = namedIn(route);
  return inputFor ? { ...request.maxUnits, input: inputFor(provider, model) } : request.maxUnits;
}

/** An ask that nothing is done to. */
const untouched = (request: AuthorizeRequest): Contained => ({ request, refusal: null, route: null, limits: [], featuresOff: [] });

/**
 * What is done to an ask, in the order block, feature, route (one hop), model, rate. A block is looked for again under the name the
 * ask is routed to, and rate limits look at that one: what is called is what counts.
 * @param inputFor the bound of the call's input by the model that reads it; absent: as asked
 * @param dims the call's dimensions under the model it asked for
 */
export function containedBy(ctx: Context, set: ContainmentSet, { request, inputFor }: Asked, dims: CallDims): Contained {
  if (set.actions.length === 0) return untouched(request);
  const { actions, book } = set;
  const call = foldCall(dims, namesOf(book, request.provider, request.model, ctx.now));
  const effect = effectOn(actions, call, ctx.now);
  const { featuresOff } = effect;
  if (effect.block) return { ...untouched(request), featuresOff, refusal: { reason: 'blocked', actionId: effect.block.id } };
  if (effect.featureOff)
    return { ...untouched(request), featuresOff, refusal: { reason: 'feature_disabled', actionId: effect.featureOff.id } };
  const route = cheapest(effect.routes, (each) => unitsFor({ request, inputFor }, each), book, ctx.now);
  if (!route) return { ...untouched(request), featuresOff, limits: limitsOn(actions, call, ctx.now) };
  const routed = { ...request, ...namedIn(route), maxUnits: unitsFor({ request, inputFor }, route) };
  const renamed = { ...call, names: namesOf(book, routed.provider, routed.model, ctx.now) };
  const block = blockOn(actions, renamed, ctx.now);
  return {
    request: routed,
    refusal: block ? { reason: 'blocked', actionId: block.id } : null,
    route: { actionId: route.id, ...originOf(ctx, set, request) },
    limits: limitsOn(actions, renamed, ctx.now),
    featuresOff,
  };
}

/** Where several actions route a call, the stricter wins: the one under which these units can cost least. */
export function cheapest(
  routes: readonly ActiveOf<'route'>[],
  unitsOf: (route: ActiveOf<'route'>) => Units,
  book: Book,
  now: Instant,
): ActiveOf<'route'> | null {
  const boundOf = (route: ActiveOf<'route'>): bigint => {
    const { to } = route;
    const units = unitsOf(route);
    const price = priceOf(book, to.provider, to.model, now);
    return (price.kind === 'priced' ? worstCase(units, price.unitPrices) : null) ?? unpricedUpper(units, book);
  };
  const [first = null, ...others] = routes;
  return others.reduce((best, each) => (best && boundOf(each) < boundOf(best) ? each : best), first);
}

/** What a call would have been: the model it asked for, and by which prices that would have been charged. */
function originOf(ctx: Context, { book }: ContainmentSet, { provider, model }: AuthorizeRequest) {
  const price = priceOf(book, provider, model, ctx.now);
  return {
    fromProvider: provider,
    fromModel: modelOf(price, model),
    fromPrices: price.kind === 'priced' ? nameHeldPrices(price.unitPrices, price.ref) : null,
  };
}

/** The features of a call's workload that are off now. */
export const featuresOffFor = (ctx: Context, { actions, book }: ContainmentSet, dims: CallDims): string[] =>
  actions.length === 0 ? [] : effectOn(actions, foldCall(dims, namesOf(book, dims.provider, dims.model, ctx.now)), ctx.now).featuresOff;
