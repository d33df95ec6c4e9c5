import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Instant, parseInstant } from '@/lib/kernel/instant';
import { nanoUsdPerMillion } from '@/lib/kernel/money';
import { INPUT_KINDS, OUTPUT_KINDS, type UnitKind, type Units } from '@/lib/kernel/units';
import { catalogue } from './catalogue';
import { makeBook, priceOf } from './rules';
import { costOf, dearestOf, type UnitPrices, worstCase } from './unit-prices';

const NOW = parseInstant('2026-11-24T03:00:00Z') as Instant;
const dollars = (price: number) => nanoUsdPerMillion(BigInt(Math.round(price * 1e9)));
const book = makeBook(catalogue, []);

const pricesOf = (provider: string, model: string): UnitPrices => {
  const price = priceOf(book, provider, model, NOW);
  if (price.kind === 'unpriced') throw new Error(`${model} is unpriced`);
  return price.unitPrices;
};

describe('published prices', () => {
  test('of gpt-4o-mini: $0.15 in, $0.075 cached, $0.60 out', () => {
    const prices = pricesOf('openai', 'gpt-4o-mini');
    expect(costOf({ input: 812, input_cache_read: 1_024, output: 143 }, prices)).toBe(284_400n);
    expect(worstCase({ input: 900, output: 500 }, prices)).toBe(435_000n);
  });

  test('of Claude Sonnet 4.5 with both kinds of cache writes', () => {
    const prices = pricesOf('anthropic', 'claude-sonnet-4-5-20250929');
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
    const prices = pricesOf('google', 'gemini-2.5-pro');
    expect(costOf({ input: 200_000, output: 1_000 }, prices)).toBe(250_000_000n + 10_000_000n);
    expect(costOf({ input: 200_001, output: 1_000 }, prices)).toBe(500_002_500n + 15_000_000n);
    expect(costOf({ input: 1, output: 600, output_reasoning: 400 }, prices)).toBe(10_001_250n);
  });

  test('of GPT-5.4, whose long context begins at exactly 272,000', () => {
    const prices = pricesOf('openai', 'gpt-5.4');
    expect(costOf({ input: 271_999 }, prices)).toBe(679_997_500n);
    expect(costOf({ input: 272_000 }, prices)).toBe(1_360_000_000n);
  });

  test('of Perplexity Sonar, which bills each request besides its tokens', () => {
    const prices = pricesOf('perplexity', 'sonar');
    expect(costOf({ input: 1_000, output: 1_000 }, prices)).toBe(12_000_000n + 2_000_000n);
    expect(costOf({ input: 1_000, output: 1_000, request: 3 }, prices)).toBe(36_000_000n + 2_000_000n);
    expect(worstCase({ input: 1_000, output: 1_000 }, prices)).toBe(14_000_000n);
  });

  test('of Claude at Bedrock, whose one-hour cache writes cost twice the input', () => {
    const prices = pricesOf('bedrock', 'anthropic.claude-sonnet-4-20250514-v1:0');
    expect(costOf({ input_cache_write_1h: 1_000_000 }, prices)).toBe(2n * (costOf({ input: 1_000_000 }, prices) ?? 0n));
  });
});

describe('a worst case', () => {
  test('takes input at the dearest that it can become, and rules out what is bounded at 0', () => {
    const claude = pricesOf('anthropic', 'claude-sonnet-4-5');
    expect(worstCase({ input: 1_000, output: 0 }, claude)).toBe(6_000_000n);
    expect(worstCase({ input: 1_000, input_cache_write_1h: 0, output: 0 }, claude)).toBe(3_750_000n);
    expect(worstCase({ input: 1_000, input_cache_write_1h: 0, input_cache_write_5m: 0, output: 0 }, claude)).toBe(3_000_000n);
    const gemini = pricesOf('google', 'gemini-2.5-flash');
    expect(worstCase({ input: 1_000, output: 0 }, gemini)).toBe(1_000_000n);
    expect(worstCase({ input: 1_000, input_audio: 0, output: 0 }, gemini)).toBe(300_000n);
  });

  test('takes every tier that the bounds allow', () => {
    const gemini = pricesOf('google', 'gemini-2.5-pro');
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
