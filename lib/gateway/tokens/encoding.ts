import type { Provider } from '@/lib/provider/find';

/** A tokenizer that is public. */
export type Encoding = 'o200k_base' | 'cl100k_base';

/** Which models read text by which tokenizer, as OpenAI publishes it with its own (`tiktoken` 0.14, model.py): a name, or how one begins. */
const PUBLISHED: [Encoding, RegExp][] = [
  ['o200k_base', /^(o1|o3|o4-mini|gpt-5|gpt-4\.1|gpt-4o)$|^(o1-|o3-|o4-mini-|gpt-5[-.]|gpt-4\.5-|gpt-4\.1-|chatgpt-4o-|gpt-4o-|ft:gpt-4o)/],
  ['cl100k_base', /^(gpt-4|gpt-3\.5-turbo)$|^(gpt-4-|gpt-3\.5-turbo-|ft:gpt-4:|ft:gpt-4-|ft:gpt-3\.5-turbo)/],
  ['cl100k_base', /^text-embedding-(ada-002|3-small|3-large)$/],
];

const HOSTS = /^([a-z]+\.)?api\.openai\.com$/;

/**
 * By which tokenizer a provider counts a model's tokens; null where that is not known. The name of a model says it only at OpenAI
 * itself: at any other address something else may answer to it.
 */
export function encodingOf({ wire, baseUrl }: Pick<Provider, 'wire' | 'baseUrl'>, model: string): Encoding | null {
  if (wire !== 'openai' || !isOpenAi(baseUrl)) return null;
  return PUBLISHED.find(([, names]) => names.test(model))?.[0] ?? null;
}

const isOpenAi = (baseUrl: string): boolean => URL.canParse(baseUrl) && HOSTS.test(new URL(baseUrl).hostname);
