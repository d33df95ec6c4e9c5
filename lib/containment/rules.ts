import type { Scope } from '@/lib/budget/scope';
import { Fault } from '@/lib/kernel/fault';
import type { Instant } from '@/lib/kernel/instant';
import { plainName } from '@/lib/price/rules';
import { type FoldedCall, type FoldedScope, foldName, scopeCovers } from './names';
import type { PreviewIn, RateLimitParams, RouteParams } from './schema';

/** An action that is switched on, as decisions need it. */
export type ActiveAction = { id: string; scope: FoldedScope; startedAt: Instant; expiresAt: Instant | null } & (
  | { kind: 'block' }
  | { kind: 'disable_feature'; feature: string; folded: string }
  | { kind: 'route'; from: { providers: readonly string[]; models: readonly string[] }; to: RouteParams['to'] }
  | { kind: 'rate_limit'; limit: RateLimitParams }
);
export type ActiveOf<Kind extends ActiveAction['kind']> = Extract<ActiveAction, { kind: Kind }>;

/** Whether an action bites: never once it has expired, whether or not anyone has written that down. */
export const isInForce = (action: ActiveAction, now: Instant): boolean => action.expiresAt === null || now < action.expiresAt;

/** What is done to a call. */
export type Effect = {
  block: ActiveOf<'block'> | null;
  /** The action that has switched the call's own feature off. */
  featureOff: ActiveOf<'disable_feature'> | null;
  /** The features of its workload that are off now, as they were named. */
  featuresOff: string[];
  routes: ActiveOf<'route'>[];
};

/** What the actions do to a call, rate limits aside: those look at the model it is routed to. */
export function effectOn(actions: readonly ActiveAction[], call: FoldedCall, now: Instant): Effect {
  const effect: Effect = { block: null, featureOff: null, featuresOff: [], routes: [] };
  for (const action of actions) {
    if (!isInForce(action, now) || !scopeCovers(action.scope, call)) continue;
    if (action.kind === 'block') effect.block ??= action;
    else if (action.kind === 'disable_feature') {
      if (action.folded === call.dims.feature) effect.featureOff ??= action;
      if (!effect.featuresOff.includes(action.feature)) effect.featuresOff.push(action.feature);
    } else if (action.kind === 'route' && isFrom(action, call)) effect.routes.push(action);
  }
  return effect;
}

const meet = (some: readonly string[], others: readonly string[]): boolean => some.some((each) => others.includes(each));

/** Whether a call is of the model that is routed. Who does not say by which provider or which model means any. */
const isFrom = ({ from }: ActiveOf<'route'>, { names }: FoldedCall): boolean =>
  (names.providers.length === 0 || meet(from.providers, names.providers)) && (names.models.length === 0 || meet(from.models, names.models));

/** The rate limits that a call counts against, in the order in which they are locked. */
export const limitsOn = (actions: readonly ActiveAction[], call: FoldedCall, now: Instant): ActiveOf<'rate_limit'>[] =>
  actions.filter((action) => action.kind === 'rate_limit').filter((action) => isInForce(action, now) && scopeCovers(action.scope, call));

/** Whether an action does something to a call. */
export const wouldTouch = (action: ActiveAction, call: FoldedCall, now: Instant): boolean =>
  isInForce(action, now) &&
  scopeCovers(action.scope, call) &&
  (action.kind !== 'disable_feature' || action.folded === call.dims.feature) &&
  (action.kind !== 'route' || isFrom(action, call));

/** The block that a routed call meets under its new name, where it met none under the old one. */
export const blockOn = (actions: readonly ActiveAction[], call: FoldedCall, now: Instant): ActiveOf<'block'> | null =>
  actions.filter((action) => action.kind === 'block').find((action) => isInForce(action, now) && scopeCovers(action.scope, call)) ?? null;

/** Providers that speak the wire format OpenAI's clients do. */
const OPENAI_WIRE = new Set(
  'openai azure baseten cerebras deepseek fireworks groq mistral moonshotai novita openrouter perplexity together x-ai zai'.split(' '),
);

/** The wire format of a provider; one we do not know speaks its own. */
export const wireOf = (provider: string): string => (OPENAI_WIRE.has(plainName(provider)) ? 'openai' : plainName(provider));

/**
 * Refuses an action that could do nothing, or not what it says.
 * @throws Fault action.senseless · action.other_wire
 */
export function requireSense(action: PreviewIn, scope: Scope): void {
  if (action.kind === 'disable_feature' && scope.feature !== undefined && foldName(scope.feature) !== foldName(action.params.feature))
    throw new Fault('action.senseless', 'The scope names another feature than the one to switch off. Leave feature out of the scope.');
  if (action.kind !== 'route') return;
  const { from, to } = action.params;
  if (plainName(from.provider) === plainName(to.provider) && plainName(from.model) === plainName(to.model))
    throw new Fault('action.senseless', 'This routes a model to itself. Choose another model to route to.');
  if (wireOf(from.provider) !== wireOf(to.provider))
    throw new Fault(
      'action.other_wire',
      `${to.provider} does not speak the wire format of ${from.provider}. Route to a model of the same one.`,
    );
}
