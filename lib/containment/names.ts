import type { CallDims, Scope, ScopeField } from '@/lib/budget/scope';
import type { Instant } from '@/lib/kernel/instant';
import { PROVIDER_NAMES } from '@/lib/price/providers';
import { type Book, modelOf, plainName, priceOf } from '@/lib/price/rules';

/**
 * A name in the one spelling in which containment compares it: without case, width, invisible characters and outer space, dash,
 * underscore and space alike. Whoever may not spend as `support-bot` may not as `Support_Bot ` either. Two names that differ in
 * nothing else are one here: the stricter reading wins.
 */
export const foldName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .trim()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s_-]+/gu, '-');

/** Everything a provider and a model go by: as called, by other programs' names, as the book resolves them, without a path before it. */
export type ModelNames = { providers: readonly string[]; models: readonly string[] };

const KEPT = 1_000;
const known = new WeakMap<Book, Map<string, ModelNames>>();

/** The names of what is called. @param provider, model null where only one of them is named */
export function namesOf(book: Book, provider: string | null, model: string | null, at: Instant): ModelNames {
  const kept = known.get(book) ?? new Map<string, ModelNames>();
  known.set(book, kept);
  const key = `${provider}\n${model}`;
  const found = kept.get(key);
  if (found) return found;
  const names = gather(book, provider, model, at);
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, names);
  return names;
}

function gather(book: Book, provider: string | null, model: string | null, at: Instant): ModelNames {
  const providers = new Set<string>();
  const models = new Set<string>();
  if (provider !== null) {
    providers.add(foldName(provider));
    const name = plainName(provider);
    if (Object.hasOwn(PROVIDER_NAMES, name)) providers.add(foldName(PROVIDER_NAMES[name] as string));
  }
  if (model !== null) addModel(models, model);
  if (provider !== null && model !== null) {
    const listed = book.catalogue.find(provider, model, at);
    if (listed) {
      providers.add(foldName(listed.provider));
      addModel(models, listed.model);
    }
    addModel(models, modelOf(priceOf(book, provider, model, at), model));
  }
  return { providers: [...providers], models: [...models] };
}

function addModel(models: Set<string>, name: string): void {
  const folded = foldName(name);
  models.add(folded);
  const bare = folded.slice(folded.lastIndexOf('/') + 1);
  if (bare !== '') models.add(bare);
}

/** A scope as containment compares it. */
export type FoldedScope = {
  dims: readonly (readonly [Exclude<ScopeField, 'provider' | 'model'>, string])[];
  tags: readonly (readonly [string, string])[];
  providers: readonly string[] | null;
  models: readonly string[] | null;
  unassigned: boolean;
};

const PLAIN_FIELDS = ['workload', 'feature', 'team', 'costCentre', 'trafficStage', 'customer'] as const;

/** Folds a scope, once, when it is read. */
export function foldScope(scope: Scope, unassigned: boolean, book: Book, at: Instant): FoldedScope {
  const names = namesOf(book, scope.provider ?? null, scope.model ?? null, at);
  return {
    dims: PLAIN_FIELDS.flatMap((field) => (scope[field] === undefined ? [] : [[field, foldName(scope[field])] as const])),
    tags: Object.entries(scope.tags).map(([tag, value]) => [foldName(tag), foldName(value)] as const),
    providers: scope.provider === undefined ? null : names.providers,
    models: scope.model === undefined ? null : names.models,
    unassigned,
  };
}

/** A call as containment compares it: every dimension folded, provider and model by all their names. */
export type FoldedCall = {
  dims: Record<(typeof PLAIN_FIELDS)[number], string>;
  tags: readonly (readonly [string, string])[];
  names: ModelNames;
  unassigned: boolean;
};

/** Folds a call. */
export const foldCall = (call: CallDims, names: ModelNames): FoldedCall => ({
  dims: Object.fromEntries(PLAIN_FIELDS.map((field) => [field, foldName(call[field])])) as FoldedCall['dims'],
  tags: Object.entries(call.tags).map(([tag, value]) => [foldName(tag), foldName(value)] as const),
  names,
  unassigned: call.unassigned,
});

const meet = (some: readonly string[], others: readonly string[]): boolean => some.some((each) => others.includes(each));

/** Whether a scope covers a call: every dimension it names is the call's by some name, every tag among the call's. */
export const scopeCovers = (scope: FoldedScope, call: FoldedCall): boolean =>
  (!scope.unassigned || call.unassigned) &&
  scope.dims.every(([field, wanted]) => call.dims[field] === wanted) &&
  (scope.providers === null || meet(scope.providers, call.names.providers)) &&
  (scope.models === null || meet(scope.models, call.names.models)) &&
  scope.tags.every(([tag, value]) => call.tags.some(([own, has]) => own === tag && has === value));
