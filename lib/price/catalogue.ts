import { type ConditionalPrice, calcPrice, findProvider, type ModelInfo, type ModelPrice } from '@pydantic/genai-prices';
import { fromDate, type Instant, toDate } from '@/lib/kernel/instant';
import { divideHalfEven, type NanoUsdPerMillion, nanoUsdPerMillion } from '@/lib/kernel/money';
import type { UnitKind } from '@/lib/kernel/units';
import { PROVIDER_NAMES, PROVIDERS } from './providers';
import { type Catalogue, type CatalogueModel, type Dearest, dearestIn } from './rules';
import { type UnitPrice, type UnitPrices, withBilledAs } from './unit-prices';

/** The pinned catalogue that prices came from, as it is written beside them. Server only: the data is close to a megabyte. */
export const catalogueVersion = 'genai-prices@0.1.8';

/** The catalogue's names of what it prices: which kind, and for how many units (as a power of ten) its dollars are. */
const LISTED: Readonly<Record<string, { kind: UnitKind; power: number }>> = {
  input_mtok: { kind: 'input', power: 6 },
  cache_read_mtok: { kind: 'input_cache_read', power: 6 },
  cache_write_mtok: { kind: 'input_cache_write_5m', power: 6 },
  cache_write_1h_mtok: { kind: 'input_cache_write_1h', power: 6 },
  input_audio_mtok: { kind: 'input_audio', power: 6 },
  input_image_mtok: { kind: 'input_image', power: 6 },
  output_mtok: { kind: 'output', power: 6 },
  output_reasoning_mtok: { kind: 'output_reasoning', power: 6 },
  output_audio_mtok: { kind: 'output_audio', power: 6 },
  output_image_mtok: { kind: 'output_image', power: 6 },
  web_searches_kcount: { kind: 'tool_call:web_search', power: 3 },
  storage_searches_kcount: { kind: 'tool_call:file_search', power: 3 },
  requests_kcount: { kind: 'request', power: 3 },
};

const FREE: UnitPrices = Object.fromEntries(
  Object.values(LISTED)
    .filter(({ power }) => power === 6)
    .map(({ kind }) => [kind, nanoUsdPerMillion(0n)]),
);

const kept = new WeakMap<ModelPrice, UnitPrices>();
let dearest: Dearest | null = null;

/**
 * What the catalogue knows of a model at an instant. Names are resolved by the catalogue's rules (`gpt-4o-mini-2024-07-18` is
 * `gpt-4o-mini`), after ours for other programs' names of providers. A provider it does not know is never guessed from the model.
 * @returns null when it knows no such model
 */
export function catalogueModel(provider: string, model: string, at: Instant): CatalogueModel | null {
  const name = provider.trim().toLowerCase();
  // Own names only: "constructor" is a name that every object has.
  const providerId = (Object.hasOwn(PROVIDER_NAMES, name) ? PROVIDER_NAMES[name] : undefined) ?? provider;
  if (providerId.trim() === '') return null;
  const found = calcPrice({}, model, { providerId, timestamp: toDate(at) });
  if (!found) return null;
  const { prices, id, context_window, deprecated } = found.model;
  return {
    provider: found.provider.id,
    model: id,
    unitPrices: isNamedFree(model, id) ? FREE : unitPricesOf(found.model_price),
    contextWindow: context_window ?? null,
    deprecated: deprecated ?? false,
    ...validityAt(prices, at),
  };
}

export const catalogue: Catalogue = {
  version: catalogueVersion,
  find: catalogueModel,
  dearest: () => {
    dearest ??= dearestIn(everyPrice());
    return dearest;
  },
};

/** An empty price list means that the catalogue knows no price, not that there is none, unless the model's very name says so. */
const isNamedFree = (called: string, resolved: string): boolean =>
  called.trim().toLowerCase().endsWith(':free') && resolved.endsWith(':free');

function unitPricesOf(listed: ModelPrice): UnitPrices {
  const known = kept.get(listed);
  if (known) return known;
  const prices: { [kind in UnitKind]?: UnitPrice } = {};
  for (const [key, price] of Object.entries(listed)) {
    const unit = LISTED[key];
    if (!unit || price === undefined) continue;
    prices[unit.kind] =
      typeof price === 'number'
        ? exactPrice(price, unit.power)
        : {
            base: exactPrice(price.base, unit.power),
            tiers: price.tiers
              .map((tier) => ({ above: tier.start, price: exactPrice(tier.price, unit.power) }))
              .sort((a, b) => a.above - b.above),
          };
  }
  const frozen = Object.freeze(prices);
  kept.set(listed, frozen);
  return frozen;
}

/** Dollars for 10^power units as nano-dollars a million: by the shortest decimal that reads as this float, which is what was written down. */
export function exactPrice(dollars: number, power: number): NanoUsdPerMillion {
  const [mantissa = '0', exponent = '0'] = String(dollars).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const digits = BigInt(whole + fraction);
  const scale = 15 - power + Number(exponent) - fraction.length;
  return nanoUsdPerMillion(scale >= 0 ? digits * 10n ** BigInt(scale) : divideHalfEven(digits, 10n ** BigInt(-scale)));
}

/** Between which two changes of a model's prices an instant lies: dates, and hours of the day (UTC) that some have. */
function validityAt(prices: ModelInfo['prices'], at: Instant): { validFrom: Instant; validUntil: Instant } {
  let from = Number.NEGATIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  for (const edge of Array.isArray(prices) ? prices.flatMap((each) => edgesOf(each, at)) : []) {
    if (edge <= at) from = Math.max(from, edge);
    else until = Math.min(until, edge);
  }
  return { validFrom: from as Instant, validUntil: until as Instant };
}

function edgesOf({ constraint }: ConditionalPrice, at: Instant): Instant[] {
  if (!constraint) return [];
  if (constraint.type === 'start_date') return [fromDate(new Date(`${constraint.start_date}T00:00:00Z`))];
  const days = [-1, 0, 1].map((days) => new Date(toDate(at).getTime() + days * 86_400_000).toISOString().slice(0, 10));
  return [constraint.start_time, constraint.end_time].flatMap((time) => days.map((day) => fromDate(new Date(`${day}T${time}`))));
}

/** Every list of prices of every model and date, with what providers bill as another kind. */
function* everyPrice(): Generator<UnitPrices> {
  for (const providerId of PROVIDERS) {
    for (const model of findProvider({ providerId })?.models ?? []) {
      for (const { prices } of Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }]) {
        yield withBilledAs(model.id, unitPricesOf(prices));
      }
    }
  }
}
