import { reader } from '@/lib/db';
import { findProvider, type Provider } from './find';
import { placeOfKey } from './place-of-key';

const KEPT_MS = 1_000;

type Kept = { found: Promise<Provider | null>; at: number };

// Next bundles lib a second time: what one of them changes the other must forget.
const held = globalThis as { hardstopProviders?: Map<string, Kept> };

/**
 * The provider of a name in an organisation, as it was at most a second ago: a crowd of calls asks for it once, and opens its key once.
 * That there is none is not remembered, and no key stays in memory longer.
 */
export function rememberedProvider(orgId: string, slug: string): Promise<Provider | null> {
  held.hardstopProviders ??= new Map();
  const providers = held.hardstopProviders;
  const place = placeOfKey(orgId, slug);
  const before = providers.get(place);
  if (before && performance.now() - before.at < KEPT_MS) return before.found;
  const kept: Kept = { found: findProvider(reader(), orgId, slug), at: performance.now() };
  providers.set(place, kept);
  const drop = () => {
    if (providers.get(place) === kept) providers.delete(place);
  };
  setTimeout(drop, KEPT_MS).unref();
  kept.found.then((provider) => provider ?? drop(), drop);
  return kept.found;
}

/** Forgets a provider that is being changed. Who reads it before the change is committed has it for a second more. */
export const forgetProvider = (orgId: string, slug: string): void => void held.hardstopProviders?.delete(placeOfKey(orgId, slug));
