import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Instant, parseInstant } from '@/lib/kernel/instant';
import { nanoUsdPerMillion } from '@/lib/kernel/money';
import { INPUT_KINDS, OUTPUT_KINDS, type UnitKind, type Units } from '@/lib/kernel/units';
import { catalogue, catalogueVersion } from './catalogue';
import {
  type Book,
  type Catalogue,
  costOf,
  dearestByKind,
  isFree,
  makeBook,
  missingPrices,
  type Override,
  priceOf,
  type UnitPrices,
  unpricedUpper,
  worstCase,
} from './rules';

const at = (text: string): Instant => parseInstant(text) as Instant;
const NOW = at('2026-11-24T03:00:00Z');
const dollars = (price: number) => nanoUsdPerMillion(BigInt(Math.round(price * 1e9)));

const override = (more: Partial<Override> & Pick<Override, 'id' | 'unit'>): Override => ({
  provider: 'openai',
  model: 'gpt-4o-mini',
  nanoUsdPerMillion: dollars(1),
  effectiveFrom: at('2026-01-01T00:00:00Z'),
  effectiveTo: null,
  source: 'override',
  ...more,
});

const pricesOf = (book: Book, provider: string, model: string, when = NOW): UnitPrices => {
  const price = priceOf(book, provider, model, when);
  if (price.kind === 'unpriced') throw new Error(`${model} is unpriced`);
  return price.unitPrices;
};

const plain = makeBook(catalogue, []);

describe('an unknown price is never zero', () => {
  const empty: Catalogue = { version: 'none', find: () => null, dearest: () => catalogue.dearest() };

  test('for a model that nobody knows', () => {
    expect(priceOf(plain, 'openai', 'gpt-99-imaginary', NOW)).toEqual({ kind: 'unpriced', missing: ['input', 'output'] });
    expect(priceOf(plain, 'our-own-servers', 'gpt-4o-mini', NOW).kind).toBe('unpriced');
    expect(priceOf(plain, 'openai', 'whisper-1', NOW).kind).toBe('unpriced');
  });

  test('for a kind that was used and has no price', () => {
    const prices = pricesOf(plain, 'openai', 'gpt-4o-audio-preview');
    expect(costOf({ input: 10, input_audio: 400, output: 5 }, prices)).toBeNull();
    expect(costOf({ input: 10, input_audio: 0, output: 5 }, prices)).not.toBeNull();
    expect(missingPrices({ input: 10, input_audio: 400, 'tool_call:shell': 1, output_audio: 0 }, prices)).toEqual([
      'input_audio',
      'tool_call:shell',
    ]);
    expect(worstCase({ input: 10, output: 5, 'tool_call:shell': 1 }, prices)).toBeNull();
    expect(worstCase({ input: 10, output: 5 }, { output: dollars(1) })).toBeNull();
  });

  test('for any units of any kinds', () => {
    const kinds = fc.constantFrom<UnitKind>(...INPUT_KINDS, ...OUTPUT_KINDS, 'request', 'tool_call:shell');
    const priced = fc.dictionary(kinds, fc.bigInt({ min: 1n, max: 10n ** 12n }).map(nanoUsdPerMillion));
    const used = fc.dictionary(kinds, fc.integer({ min: 1, max: 1_000_000_000 }), { minKeys: 1 });
    fc.assert(
      fc.property(priced, used, (prices, units) => {
        const missing = missingPrices(units as Units, prices as UnitPrices);
        const cost = costOf(units as Units, prices as UnitPrices);
        expect(cost === null).toBe(missing.length > 0);
        expect(unpricedUpper(units as Units, makeBook(empty, [])) > 0n).toBe(true);
      }),
    );
  });

  test('and its upper guess is twice the dearest of its kind', () => {
    const dearest = dearestByKind(plain);
    expect(unpricedUpper({ output: 1_000_000 }, plain)).toBe(2n * (dearest.output ?? 0n));
    expect(unpricedUpper({ 'tool_call:shell': 1 }, plain) > 0n).toBe(true);
    const costly = makeBook(catalogue, [override({ id: 'prc_1', unit: 'output', nanoUsdPerMillion: dollars(5_000) })]);
    expect(unpricedUpper({ output_reasoning: 1_000_000 }, costly)).toBe(10_000_000_000_000n);
  });
});

describe('an override', () => {
  const used = { input: 1_000_000, output: 1_000_000 };
  const costAt = (book: Book, model: string, when: string) => costOf(used, pricesOf(book, 'openai', model, at(when)));

  test('wins for its unit, from its first instant to before its last', () => {
    const book = makeBook(catalogue, [
      override({ id: 'prc_1', unit: 'input', effectiveFrom: at('2026-06-01T00:00:00Z'), effectiveTo: at('2026-07-01T00:00:00Z') }),
    ]);
    expect(costAt(book, 'gpt-4o-mini', '2026-05-31T23:59:59.999999Z')).toBe(750_000_000n);
    expect(costAt(book, 'gpt-4o-mini', '2026-06-01T00:00:00Z')).toBe(1_600_000_000n);
    expect(costAt(book, 'gpt-4o-mini', '2026-06-30T23:59:59.999999Z')).toBe(1_600_000_000n);
    expect(costAt(book, 'gpt-4o-mini', '2026-07-01T00:00:00Z')).toBe(750_000_000n);
    expect(priceOf(book, 'openai', 'gpt-4o-mini', at('2026-06-10T00:00:00Z'))).toMatchObject({ ref: `${catalogueVersion}+prc_1` });
    expect(priceOf(book, 'openai', 'gpt-4o-mini', at('2026-05-10T00:00:00Z'))).toMatchObject({ ref: catalogueVersion });
  });

  test('is found by the name as called and as resolved; the closer name wins, then the later, then a person’s own', () => {
    const resolved = override({ id: 'prc_1', unit: 'input', nanoUsdPerMillion: dollars(1) });
    const called = override({ id: 'prc_2', unit: 'input', nanoUsdPerMillion: dollars(2), model: 'GPT-4o-mini-2024-07-18' });
    const later = override({
      id: 'prc_3',
      unit: 'input',
      nanoUsdPerMillion: dollars(3),
      effectiveFrom: at('2026-02-01T00:00:00Z'),
      source: 'contract',
    });
    const own = override({ id: 'prc_0', unit: 'input', nanoUsdPerMillion: dollars(4), effectiveFrom: at('2026-02-01T00:00:00Z') });
    const input = (overrides: Override[], model: string) => pricesOf(makeBook(catalogue, overrides), 'openai', model).input;
    expect(input([resolved], 'gpt-4o-mini-2024-07-18')).toBe(dollars(1));
    expect(input([resolved, called], 'gpt-4o-mini-2024-07-18')).toBe(dollars(2));
    expect(input([resolved, called], 'gpt-4o-mini')).toBe(dollars(1));
    expect(input([resolved, later], 'gpt-4o-mini')).toBe(dollars(3));
    expect(input([resolved, later, own], 'gpt-4o-mini')).toBe(dollars(4));
  });

  test('prices a model that the catalogue does not know, under the name it is called by', () => {
    const own = { provider: 'our-own-servers', model: 'llama-4' };
    const book = makeBook(catalogue, [override({ ...own, id: 'prc_1', unit: 'input' }), override({ ...own, id: 'prc_2', unit: 'output' })]);
    const price = priceOf(book, 'our-own-servers', 'llama-4', NOW);
    expect(price).toMatchObject({ kind: 'priced', model: 'llama-4', ref: 'prc_1+prc_2' });
    expect(priceOf(book, 'our-own-servers', 'llama-4', at('2025-12-31T00:00:00Z')).kind).toBe('unpriced');
  });

  test('of 0 is a price; a model whose every price is 0 is free', () => {
    const own = { provider: 'our-own-servers', model: 'llama-4', nanoUsdPerMillion: nanoUsdPerMillion(0n) };
    const book = makeBook(catalogue, [override({ ...own, id: 'prc_1', unit: 'input' }), override({ ...own, id: 'prc_2', unit: 'output' })]);
    const prices = pricesOf(book, 'our-own-servers', 'llama-4');
    expect(costOf({ input: 5, input_cache_read: 7, output: 9, output_reasoning: 2 }, prices)).toBe(0n);
    expect(isFree(prices)).toBe(true);
    expect(isFree(pricesOf(plain, 'openrouter', 'openai/gpt-oss-20b:free'))).toBe(true);
    expect(isFree(pricesOf(plain, 'openai', 'gpt-4o-mini'))).toBe(false);
    expect(isFree(pricesOf(plain, 'openai', 'text-embedding-3-small'))).toBe(false);
    expect(isFree({ input: nanoUsdPerMillion(0n) })).toBe(false);
  });

  test('below 0 is refused', () => {
    expect(() => makeBook(catalogue, [override({ id: 'prc_1', unit: 'input', nanoUsdPerMillion: nanoUsdPerMillion(-1n) })])).toThrow(
      RangeError,
    );
  });
});

test('a book answers the same however often and in whatever order it is asked', () => {
  const names = [
    ['openai', 'gpt-4o-mini'],
    ['deepseek', 'deepseek-chat'],
    ['anthropic', 'claude-opus-4-6'],
    ['openai', 'gpt-99-imaginary'],
  ] as const;
  const overrides = [
    override({ id: 'prc_1', unit: 'input', effectiveFrom: at('2026-02-01T00:00:00Z'), effectiveTo: at('2026-04-01T00:00:00Z') }),
    override({ id: 'prc_2', unit: 'output', effectiveFrom: at('2026-03-01T00:00:00Z') }),
  ];
  const warm = makeBook(catalogue, overrides);
  const span = { min: at('2026-01-01T00:00:00Z'), max: at('2026-06-01T00:00:00Z') };
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.integer(span), ([provider, model], when) => {
      expect(priceOf(warm, provider, model, when as Instant)).toEqual(
        priceOf(makeBook(catalogue, overrides), provider, model, when as Instant),
      );
    }),
    { numRuns: 300 },
  );
  expect(priceOf(warm, 'openai', 'gpt-4o-mini', NOW)).toBe(priceOf(warm, 'openai', 'gpt-4o-mini', NOW));
});

test('what a book remembers is bounded', () => {
  const book = makeBook({ version: 'none', find: () => null, dearest: () => ({}) }, []);
  for (let i = 0; i < 25_000; i++) priceOf(book, `provider-${i % 100}`, `model-${i}`, NOW);
  const remembered = [...book.found.values()].reduce((sum, models) => sum + models.size, 0);
  expect(remembered).toBeLessThanOrEqual(10_000);
});
