import type { PlantedFault } from '../fault';

const tokens = 'lib/gateway/tokens/tokens.test.ts';
const allowed = 'lib/spend/decide/allowed-model.test.ts';
const held = 'lib/gateway/tokens/held.test.ts';

/** Faults of what bounds a call: its tokens, and who may call which model. */
export const bounds: readonly PlantedFault[] = [
  {
    test: 'Thai in one run',
    in: tokens,
    at: 'lib/gateway/tokens/count.ts',
    from: 'const PIECE_AT_MOST = 256;',
    to: 'const PIECE_AT_MOST = 1_000_000;',
  },
  {
    test: 'is counted in slices, between which others have their turn',
    in: tokens,
    at: 'lib/gateway/tokens/count.ts',
    from: 'const SLICE = 8_192;',
    to: 'const SLICE = 8_192_000;',
  },
  {
    test: 'is a token each byte behind what is counted of a request',
    in: tokens,
    at: 'lib/gateway/tokens/count.ts',
    from: 'COUNTED_AT_MOST = 524_288;',
    to: 'COUNTED_AT_MOST = 52_428_800;',
  },
  {
    test: 'special tokens',
    in: tokens,
    at: 'lib/gateway/tokens/count.ts',
    from: 'tokenizer.countTokens(text, asText)',
    to: "tokenizer.countTokens(text, { allowedSpecial: 'all' })",
  },
  {
    test: 'is its bytes where the provider might part it otherwise',
    in: tokens,
    at: 'lib/gateway/tokens/count.ts',
    from: 'PARTED_OTHERWISE.test(text) || !text.isWellFormed()',
    to: '!text.isWellFormed()',
  },
  {
    test: 'stays its bytes where nobody knows the tokenizer',
    in: tokens,
    at: 'lib/gateway/tokens/encoding.ts',
    from: 'api\\.openai\\.com$/',
    to: 'api\\.openai\\.com/',
  },
  {
    test: 'of what the provider writes in a form of its own stays its bytes: tools, their calls and answers, schemas',
    in: tokens,
    at: 'lib/gateway/wire/texts.ts',
    from: "'user', 'assistant'];",
    to: "'user', 'assistant', 'tool'];",
  },
  {
    test: 'is another where another model reads the same text',
    in: tokens,
    at: 'lib/gateway/tokens/input.ts',
    from: 'encodingOf(provider, called) === encoding',
    to: 'encodingOf(provider, called) !== null',
  },
  {
    test: 'what is set aside for a call is its tokens where its tokenizer is known, and its bytes where not',
    in: held,
    at: 'lib/gateway/tokens/input.ts',
    from: 'ofAny - written + (await tokensOf(texts, encoding))',
    to: 'ofAny - written + 0 * (await tokensOf(texts, encoding))',
  },
  {
    test: 'a call that is routed to a model of another tokenizer is bounded for that one',
    in: held,
    at: 'lib/spend/contain/contain.ts',
    from: '...namedIn(route), maxUnits: unitsFor({ request, inputFor }, route)',
    to: '...namedIn(route)',
  },
  {
    test: 'may call no other, by no spelling',
    in: allowed,
    at: 'lib/spend/decide/allowed-model.ts',
    from: 'providerName(provider) === providerName(called.provider) && ',
    to: '',
  },
  {
    test: 'may call those, by every name that the books know them by',
    in: allowed,
    at: 'lib/spend/decide/allowed-model.ts',
    from: 'modelOf(priceOf(book, provider, model, at), model) === called.model',
    to: 'model === called.model',
  },
  {
    test: 'is judged by the model that its call is routed to, and a block is said before it',
    in: allowed,
    at: 'lib/spend/decide/ask.ts',
    from: 'isModelAllowed(asked.pins.models, ask.dims,',
    to: 'isModelAllowed(asked.pins.models, { ...ask.dims, model: asked.request.model },',
  },
  {
    test: 'gets no lease on another',
    in: allowed,
    at: 'lib/spend/lease/give.ts',
    from: 'if (ask.contained.refusal) return',
    to: 'if (ask.contained.refusal?.actionId) return',
  },
  {
    test: 'a model that the key may not call is refused',
    in: 'lib/gateway/bounds.test.ts',
    at: 'lib/auth/key.ts',
    from: 'if (row.pin_models !== null) pins.models = row.pin_models;',
    to: '',
  },
];
