import type { Provider } from '@/lib/provider/find';
import type { InputFor } from '@/lib/spend/decide/ops';
import type { Bounded } from '../wire/endpoint';
import { tokensOf } from './count';
import { encodingOf } from './encoding';

/** Shorter texts are as well bounded by their bytes. */
const WORTH_COUNTING = 512;

/** The bytes that a text stands in, in a request, without its quotes. */
const writtenBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

/**
 * The most tokens that a request's input can be, by who is called with which model: where their tokenizer is known, the tokens of
 * its plain texts in the place of their bytes; for all else the bound that holds of any model. An action may route a call to
 * another model, which may read by another tokenizer.
 */
export async function inputBy({ model, maxUnits, texts }: Bounded, provider: Provider): Promise<InputFor> {
  const ofAny = maxUnits.input;
  const encoding = encodingOf(provider, model);
  const written = texts.reduce((sum, text) => sum + writtenBytes(text), 0);
  if (encoding === null || written < WORTH_COUNTING) return () => ofAny;
  const counted = ofAny - written + (await tokensOf(texts, encoding));
  return (slug, called) => (slug === provider.slug && encodingOf(provider, called) === encoding ? counted : ofAny);
}
