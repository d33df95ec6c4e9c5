import type { CallDims } from '@/lib/budget/scope';
import type { ModelPin } from '@/lib/context';
import type { Instant } from '@/lib/kernel/instant';
import { PROVIDER_NAMES } from '@/lib/price/providers';
import { type Book, modelOf, plainName, priceOf } from '@/lib/price/rules';

/**
 * Whether a key that may only call certain models may call this one. A model is known by what the books resolve its name to, so that
 * a dated name of an allowed one is allowed and no other name leads to one that is not; what the books do not know is only itself.
 * @param called the model that is called in the end, as the books name it
 */
export function isModelAllowed(pins: readonly ModelPin[] | undefined, called: CallDims, book: Book, at: Instant): boolean {
  if (pins === undefined) return true;
  return pins.some(
    ({ provider, model }) =>
      providerName(provider) === providerName(called.provider) && modelOf(priceOf(book, provider, model, at), model) === called.model,
  );
}

function providerName(given: string): string {
  const name = plainName(given);
  return (Object.hasOwn(PROVIDER_NAMES, name) ? PROVIDER_NAMES[name] : undefined) ?? name;
}
