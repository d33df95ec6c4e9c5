import type { Wire } from './schema';

/** The providers that every organisation has from the start, without a key; a row changes them. */
export const BUILT_IN: ReadonlyMap<string, { wire: Wire; baseUrl: string }> = new Map([
  ['openai', { wire: 'openai', baseUrl: 'https://api.openai.com/v1' }],
  ['anthropic', { wire: 'anthropic', baseUrl: 'https://api.anthropic.com/v1' }],
]);
