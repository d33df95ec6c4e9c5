import { findProvider } from '@pydantic/genai-prices';
import type { Instant } from '@/lib/kernel/instant';
import { catalogueModel } from './catalogue';
import { PROVIDERS } from './providers';
import type { UnitPrice } from './unit-prices';

const MOST_MODELS = 50;

/** A line of the catalogue: what a million units cost, from `above` tokens in a request on where the price depends on its size. */
export type CatalogueLine = { provider: string; model: string; unit: string; nanoUsdPerMillion: bigint; above: number | null };

/** The catalogue's prices at an instant of models whose name contains a text, of one provider or all; at most 50 models. */
export function searchCatalogue(search: { provider?: string; model?: string }, at: Instant): CatalogueLine[] {
  const text = search.model?.toLowerCase() ?? '';
  const wanted = search.provider?.toLowerCase();
  const found = PROVIDERS.filter((provider) => wanted === undefined || provider === wanted).flatMap((provider) =>
    (findProvider({ providerId: provider })?.models ?? [])
      .filter((model) => model.id.toLowerCase().includes(text))
      .map((model) => ({ provider, model: model.id })),
  );
  return found.slice(0, MOST_MODELS).flatMap(({ provider, model }) => {
    const { unitPrices } = catalogueModel(provider, model, at) ?? { unitPrices: {} };
    return Object.entries(unitPrices).flatMap(([unit, price]) =>
      linesOf(price as UnitPrice).map((line) => ({ provider, model, unit, ...line })),
    );
  });
}

function linesOf(price: UnitPrice): Pick<CatalogueLine, 'nanoUsdPerMillion' | 'above'>[] {
  if (typeof price === 'bigint') return [{ nanoUsdPerMillion: price, above: null }];
  return [
    { nanoUsdPerMillion: price.base, above: null },
    ...price.tiers.map((tier) => ({ nanoUsdPerMillion: tier.price, above: tier.above })),
  ];
}
