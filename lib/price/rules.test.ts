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
import { dearestOf } from './unit-prices';

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

describe('published prices', () => {
  test('of gpt-4o-mini: $0.15 in, $0.075 cached, $0.60 out', () => {
    const prices = pricesOf(plain, 'openai', 'gpt-4o-mini');
    expect(costOf({ input: 812, input_cache_read: 1_024, output: 143 }, prices)).toBe(284_400n);
    expect(worstCase({ input: 900, output: 500 }, prices)).toBe(435_000n);
  });

  test('of Claude Sonnet 4.5 with both kinds of cache writes', () => {
    const prices = pricesOf(plain, 'anthropic', 'claude-sonnet-4-5-20250929');
    const units = { input: 21, input_cache_read: 188_086, input_cache_write_5m: 556, input_cache_write_1h: 5_000, output: 393 };
    // 21 × $3 + 188,086 × $0.30 + 556 × $3.75 + 5,000 × $6 + 393 × $15, a million
    expect(costOf(units, prices)).toBe(94_468_800n);
    // 6,337 tokens more in the cache pass 200,000: the whole request doubles, its output goes to $22.50.
    const long = costOf({ ...units, input_cache_read: 188_086 + 6_338 }, prices);
    expect(long).toBe(
      63_000n * 2n + (194_424n * 600_000_000n) / 1_000_000n + 2_085_000n * 2n + 60_000_000n + (393n * 22_500_000_000n) / 1_000_000n,
    );
    expect(costOf({ input: 10, output: 10, 'tool_call:web_search': 3 }, prices)).toBe(30_000_000n + 180_000n);
  });

  test('of Gemini 2.5 Pro on both sides of 200,000 tokens', () => {
    const prices = pricesOf(plain, 'google', 'gemini-2.5-pro');
    expect(costOf({ input: 200_000, output: 1_000 }, prices)).toBe(250_000_000n + 10_000_000n);
    expect(costOf({ input: 200_001, output: 1_000 }, prices)).toBe(500_002_500n + 15_000_000n);
    expect(costOf({ input: 1, output: 600, output_reasoning: 400 }, prices)).toBe(10_001_250n);
  });

  test('of GPT-5.4, whose long context begins at exactly 272,000', () => {
    const prices = pricesOf(plain, 'openai', 'gpt-5.4');
    expect(costOf({ input: 271_999 }, prices)).toBe(679_997_500n);
    expect(costOf({ input: 272_000 }, prices)).toBe(1_360_000_000n);
  });

  test('of Perplexity Sonar, which bills each request besides its tokens', () => {
    const prices = pricesOf(plain, 'perplexity', 'sonar');
    expect(costOf({ input: 1_000, output: 1_000 }, prices)).toBe(12_000_000n + 2_000_000n);
    expect(costOf({ input: 1_000, output: 1_000, request: 3 }, prices)).toBe(36_000_000n + 2_000_000n);
    expect(worstCase({ input: 1_000, output: 1_000 }, prices)).toBe(14_000_000n);
  });

  test('of Claude at Bedrock, whose one-hour cache writes cost twice the input', () => {
    const prices = pricesOf(plain, 'bedrock', 'anthropic.claude-sonnet-4-20250514-v1:0');
    expect(costOf({ input_cache_write_1h: 1_000_000 }, prices)).toBe(2n * (costOf({ input: 1_000_000 }, prices) ?? 0n));
  });
});

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

describe('a worst case', () => {
  test('takes input at the dearest that it can become, and rules out what is bounded at 0', () => {
    const claude = pricesOf(plain, 'anthropic', 'claude-sonnet-4-5');
    expect(worstCase({ input: 1_000, output: 0 }, claude)).toBe(6_000_000n);
    expect(worstCase({ input: 1_000, input_cache_write_1h: 0, output: 0 }, claude)).toBe(3_750_000n);
    expect(worstCase({ input: 1_000, input_cache_write_1h: 0, input_cache_write_5m: 0, output: 0 }, claude)).toBe(3_000_000n);
    const gemini = pricesOf(plain, 'google', 'gemini-2.5-flash');
    expect(worstCase({ input: 1_000, output: 0 }, gemini)).toBe(1_000_000n);
    expect(worstCase({ input: 1_000, input_audio: 0, output: 0 }, gemini)).toBe(300_000n);
  });

  test('takes every tier that the bounds allow', () => {
    const gemini = pricesOf(plain, 'google', 'gemini-2.5-pro');
    expect(worstCase({ input: 200_000, output: 1_000 }, gemini)).toBe(260_000_000n);
    expect(worstCase({ input: 200_001, output: 1_000 }, gemini)).toBe(515_002_500n);
  });

  test('is rounded up', () => {
    expect(worstCase({ input: 1, output: 0 }, { input: nanoUsdPerMillion(1n), output: nanoUsdPerMillion(1n) })).toBe(1n);
  });
});

const tier = fc.record({
  above: fc.integer({ min: 0, max: 5_000 }),
  price: fc.bigInt({ min: 0n, max: 10n ** 10n }).map(nanoUsdPerMillion),
});
const unitPrice = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 10n }).map(nanoUsdPerMillion),
  fc.record({
    base: fc.bigInt({ min: 0n, max: 10n ** 10n }).map(nanoUsdPerMillion),
    tiers: fc.array(tier, { maxLength: 3 }).map((tiers) => tiers.sort((a, b) => a.above - b.above)),
  }),
);
const KINDS = [...INPUT_KINDS, ...OUTPUT_KINDS, 'request', 'tool_call:web_search'] as const;
const anyPrices = fc.record(Object.fromEntries(KINDS.map((kind) => [kind, unitPrice]))) as fc.Arbitrary<UnitPrices>;
type Bounds = { [kind in UnitKind]?: number };
const quantity = fc.integer({ min: 0, max: 3_000 });
const anyUnits = fc.record(Object.fromEntries(KINDS.map((kind) => [kind, quantity]))) as fc.Arbitrary<Units>;

test('no call within its bounds costs more than its worst case, and none less than nothing', () => {
  const media = ['input_audio', 'input_image', 'output_audio', 'output_image'] as const;
  const ruledOut = fc.subarray<UnitKind>(['input_cache_write_5m', 'input_cache_write_1h', ...media]);
  const boundedApart = fc.subarray<UnitKind>([...media]);
  const spare = fc.nat({ max: 500 });
  fc.assert(
    fc.property(anyPrices, anyUnits, ruledOut, boundedApart, spare, spare, (prices, used, none, apart, slack, reads) => {
      const units: Bounds = { ...used };
      for (const kind of none) units[kind] = 0;
      const maxUnits: Bounds = { 'tool_call:web_search': used['tool_call:web_search'], request: used.request };
      for (const kind of [...none, ...apart]) maxUnits[kind] = units[kind];
      const pooled = (kinds: readonly UnitKind[]) =>
        kinds.reduce((sum, kind) => sum + (maxUnits[kind] === undefined ? (units[kind] ?? 0) : 0), 0);
      const textIn = pooled(INPUT_KINDS);
      maxUnits.output = pooled(OUTPUT_KINDS) + slack;
      // A bound on cache reads is no promise that the cache has them: they may come as input, and the other way round.
      maxUnits.input_cache_read = Math.min(reads, textIn) || 1;
      maxUnits.input = textIn - Math.min(reads, textIn) + slack;
      const cost = costOf(units, prices);
      expect(cost).not.toBeNull();
      expect((cost ?? -1n) >= 0n && (cost ?? 0n) <= (worstCase(maxUnits, prices) ?? -1n)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('two calls cost what they would together, but for one rounding', () => {
  const flat = fc.record(
    Object.fromEntries(KINDS.map((kind) => [kind, fc.bigInt({ min: 0n, max: 10n ** 10n }).map(nanoUsdPerMillion)])),
  ) as fc.Arbitrary<UnitPrices>;
  fc.assert(
    fc.property(flat, anyUnits, anyUnits, (prices, one, other) => {
      const both = Object.fromEntries(KINDS.map((kind) => [kind, (one[kind] ?? 0) + (other[kind] ?? 0)]));
      const difference = (costOf(both, prices) ?? 0n) - (costOf(one, prices) ?? 0n) - (costOf(other, prices) ?? 0n);
      expect(difference >= -1n && difference <= 1n).toBe(true);
    }),
  );
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

test('the dearest price of a tiered kind is its dearest tier', () => {
  expect(
    dearestOf({
      base: dollars(3),
      tiers: [
        { above: 10, price: dollars(9) },
        { above: 20, price: dollars(6) },
      ],
    }),
  ).toBe(dollars(9));
});
