import type { Instant } from '@/lib/kernel/instant';
import { divideUp, type NanoUsd, type NanoUsdPerMillion, nanoUsd, nanoUsdPerMillion } from '@/lib/kernel/money';
import type { UnitKind, Units } from '@/lib/kernel/units';
import { dearestOf, type UnitPrice, type UnitPrices, withBilledAs } from './unit-prices';

export { costOf, isFree, missingPrices, type UnitPrice, type UnitPrices, worstCase } from './unit-prices';

/** A model of the catalogue as it was priced at one instant, and how long that held: [`validFrom`, `validUntil`). */
export type CatalogueModel = {
  /** The catalogue's own names, whatever the caller called them. */
  readonly provider: string;
  readonly model: string;
  /** What the catalogue lists; nothing derived. Empty where it knows the model but no price of a kind we bill. */
  readonly unitPrices: UnitPrices;
  /** The most tokens of a request, input and output together, where it is known. */
  readonly contextWindow: number | null;
  readonly deprecated: boolean;
  readonly validFrom: Instant;
  readonly validUntil: Instant;
};

/** The dearest price of each kind, over every model, date and size of request. */
export type Dearest = { readonly [kind in UnitKind]?: NanoUsdPerMillion };

/** A maintained list of prices, pinned to a version (`lib/price/catalogue.ts`). */
export type Catalogue = {
  readonly version: string;
  find(provider: string, model: string, at: Instant): CatalogueModel | null;
  dearest(): Dearest;
};

/** A price that a person set, flat at any size of request: it wins over the catalogue's for its unit, from … to (exclusive). */
export type Override = {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly unit: UnitKind;
  readonly nanoUsdPerMillion: NanoUsdPerMillion;
  readonly effectiveFrom: Instant;
  readonly effectiveTo: Instant | null;
  readonly source: 'override' | 'contract';
};

/** The prices of a model at an instant: of its kinds, by whom (`ref`: the catalogue's version, ids of overrides, or both). */
export type Price =
  | { readonly kind: 'priced'; readonly model: string; readonly unitPrices: UnitPrices; readonly ref: string }
  | { readonly kind: 'unpriced'; readonly missing: readonly UnitKind[] };

type Segment = { readonly from: number; readonly until: number; readonly price: Price };

/** All prices of an organisation: the catalogue and its overrides. Immutable but for what it remembers; make another when a row changes. */
export type Book = {
  readonly catalogue: Catalogue;
  readonly overrides: ReadonlyMap<string, readonly Override[]>;
  readonly found: Map<string, Map<string, Segment[]>>;
  size: number;
  dearest: Dearest | null;
};

const MAX_FOUND = 10_000;
const MAX_SEGMENTS = 16;
const UNPRICED: Price = { kind: 'unpriced', missing: ['input', 'output'] };

/** A name of a model or provider in the one spelling that is kept, so that no other leads around a budget's scope. */
export const plainName = (name: string): string => name.trim().toLowerCase();

const nameOf = (provider: string, model: string): string => `${plainName(provider)}\n${plainName(model)}`;

/** What a model is called in the books: as it was resolved, or, where nobody has a price for it, as it was called. */
export const modelOf = (price: Price, called: string): string => (price.kind === 'priced' ? price.model : plainName(called));

/** A book of the catalogue and an organisation's overrides. @throws RangeError for a negative price; 0 is one. */
export function makeBook(catalogue: Catalogue, overrides: readonly Override[]): Book {
  const byName = new Map<string, Override[]>();
  for (const override of overrides) {
    if (override.nanoUsdPerMillion < 0n) throw new RangeError(`The price ${override.id} is below 0`);
    const name = nameOf(override.provider, override.model);
    byName.set(name, [...(byName.get(name) ?? []), override]);
  }
  return { catalogue, overrides: byName, found: new Map(), size: 0, dearest: null };
}

/** What a model, as it is called, costs at an instant. Both spellings of a name find an override: as called, or as resolved. */
export function priceOf(book: Book, provider: string, model: string, at: Instant): Price {
  let models = book.found.get(provider);
  const segments = models?.get(model);
  if (segments) for (const segment of segments) if (segment.from <= at && at < segment.until) return segment.price;
  const segment = resolve(book, provider, model, at);
  if (segments) {
    if (segments.unshift(segment) > MAX_SEGMENTS) segments.pop();
    return segment.price;
  }
  if (book.size >= MAX_FOUND) {
    book.found.clear();
    book.size = 0;
    models = undefined;
  }
  if (!models) {
    models = new Map();
    book.found.set(provider, models);
  }
  models.set(model, [segment]);
  book.size++;
  return segment.price;
}

function resolve(book: Book, provider: string, model: string, at: Instant): Segment {
  const listed = book.catalogue.find(provider, model, at);
  const names = [nameOf(provider, model)];
  if (listed) names.push(nameOf(provider, listed.model), nameOf(listed.provider, model), nameOf(listed.provider, listed.model));
  const candidates = [...new Set(names)].map((name) => book.overrides.get(name) ?? []);
  let from: number = listed?.validFrom ?? Number.NEGATIVE_INFINITY;
  let until: number = listed?.validUntil ?? Number.POSITIVE_INFINITY;
  for (const { effectiveFrom, effectiveTo } of candidates.flat()) {
    for (const edge of [effectiveFrom, effectiveTo ?? Number.POSITIVE_INFINITY]) {
      if (edge <= at) from = Math.max(from, edge);
      else until = Math.min(until, edge);
    }
  }
  const chosen = choose(candidates, at);
  const unitPrices: { [kind in UnitKind]?: UnitPrice } = { ...listed?.unitPrices };
  for (const override of chosen.values()) unitPrices[override.unit] = override.nanoUsdPerMillion;
  if (Object.keys(unitPrices).length === 0) return { from, until, price: UNPRICED };
  const sources = [...chosen.values()].map((override) => override.id).sort();
  if (listed && Object.keys(listed.unitPrices).some((unit) => !chosen.has(unit))) sources.unshift(book.catalogue.version);
  const resolved = plainName(listed?.model ?? model);
  return {
    from,
    until,
    price: { kind: 'priced', model: resolved, unitPrices: withBilledAs(resolved, unitPrices), ref: sources.join('+') },
  };
}

/** Of each unit the override in effect: by the closest name first, then the latest to begin, a person's own over a contract's, the last made. */
function choose(candidates: readonly (readonly Override[])[], at: Instant): Map<string, Override> {
  const chosen = new Map<string, Override>();
  for (const named of candidates) {
    const inEffect = named.filter((each) => each.effectiveFrom <= at && (each.effectiveTo === null || at < each.effectiveTo));
    inEffect.sort(
      (a, b) =>
        b.effectiveFrom - a.effectiveFrom ||
        (a.source === b.source ? 0 : a.source === 'override' ? -1 : 1) ||
        (a.id < b.id ? 1 : a.id > b.id ? -1 : 0),
    );
    for (const override of inEffect) if (!chosen.has(override.unit)) chosen.set(override.unit, override);
  }
  return chosen;
}

/** The dearest price of each kind in the whole book: every model, every date, every size of request, every override. */
export function dearestByKind(book: Book): Dearest {
  if (book.dearest) return book.dearest;
  const lists = [...book.overrides.values()]
    .flat()
    .map((override) => withBilledAs(override.model, { [override.unit]: override.nanoUsdPerMillion }));
  book.dearest = dearestIn(lists, book.catalogue.dearest());
  return book.dearest;
}

/** The dearest price of each kind in some lists of prices, and of those already known. */
export function dearestIn(lists: Iterable<UnitPrices>, known: Dearest = {}): Dearest {
  const dearest: { [kind in UnitKind]?: NanoUsdPerMillion } = { ...known };
  for (const list of lists) {
    for (const key in list) {
      const kind = key as UnitKind;
      const price = dearestOf(list[kind] as UnitPrice);
      if (price > (dearest[kind] ?? -1n)) dearest[kind] = price;
    }
  }
  return dearest;
}

/**
 * What an unpriced call is taken for until its price is known: 2 × the dearest price of each unit kind in the whole book, rounded
 * up. A guess that is likely too high, not a bound. A tool that nobody has a price for counts as the dearest tool that someone has.
 */
export function unpricedUpper(units: Units, book: Book): NanoUsd {
  const dearest = dearestByKind(book);
  let sum = 0n;
  for (const key in units) {
    const kind = key as UnitKind;
    const price = dearest[kind] ?? dearestAmong(dearest, kind.startsWith('tool_call:') ? 'tool_call:' : '');
    sum += BigInt(units[kind] ?? 0) * 2n * price;
  }
  return nanoUsd(divideUp(sum, 1_000_000n));
}

function dearestAmong(dearest: Dearest, prefix: string): NanoUsdPerMillion {
  let most = nanoUsdPerMillion(-1n);
  for (const [kind, price] of Object.entries(dearest)) if (price !== undefined && price > most && kind.startsWith(prefix)) most = price;
  if (most >= 0n) return most;
  return prefix === '' ? nanoUsdPerMillion(0n) : dearestAmong(dearest, '');
}
