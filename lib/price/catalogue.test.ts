import { readFileSync } from 'node:fs';
import { calcPrice, waitForUpdate } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Instant, parseInstant, toDate, toIso } from '@/lib/kernel/instant';
import { catalogue, catalogueModel, catalogueVersion, exactPrice } from './catalogue';
import { PROVIDERS } from './providers';
import { costOf } from './rules';
import { withBilledAs } from './unit-prices';

const at = (text: string): Instant => parseInstant(text) as Instant;
const NOW = at('2026-11-24T03:00:00Z');
const DAY = 86_400_000_000;

test('the catalogue is the version that is written beside its prices', () => {
  const manifest = JSON.parse(readFileSync('node_modules/@pydantic/genai-prices/package.json', 'utf8')) as { version: string };
  const wanted = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  expect(catalogueVersion).toBe(`genai-prices@${manifest.version}`);
  expect(wanted.dependencies['@pydantic/genai-prices']).toBe(manifest.version);
});

test('every provider of the catalogue is in the list', async () => {
  expect((await waitForUpdate())?.map((provider) => provider.id)).toEqual([...PROVIDERS]);
});

test.each([
  [0.15, 6, 150_000_000n],
  [1e-7, 6, 100n],
  [0.18000000000000002, 6, 180_000_000n],
  [0.08333333333333334, 6, 83_333_333n],
  [10, 3, 10_000_000_000_000n],
  [0, 6, 0n],
  [600, 6, 600_000_000_000n],
  [1.5e21, 6, 1_500_000_000_000_000_000_000_000_000_000n],
])('%d dollars for 10^%d units are %d nano-dollars a million', (dollars, power, expected) => {
  expect(exactPrice(dollars, power)).toBe(expected);
});

test('names are resolved as the catalogue does, and other programs’ names of providers are known', () => {
  const resolved = (provider: string, model: string) => {
    const found = catalogueModel(provider, model, NOW);
    return found && `${found.provider} ${found.model}`;
  };
  expect(resolved('openai', 'gpt-4o-mini-2024-07-18')).toBe('openai gpt-4o-mini');
  expect(resolved('OpenAI', ' GPT-4o-mini ')).toBe('openai gpt-4o-mini');
  expect(resolved('vertex_ai', 'gemini-2.5-pro')).toBe('google gemini-2.5-pro');
  expect(resolved('gcp.gen_ai', 'gemini-2.5-pro')).toBe('google gemini-2.5-pro');
  expect(resolved('x_ai', 'grok-4')).toBe('x-ai grok-4-0709');
  expect(resolved('az.ai.openai', 'gpt-4o')).toBe('azure gpt-4o');
  expect(resolved('aws.bedrock', 'anthropic.claude-sonnet-4-20250514-v1:0')).toContain('claude-sonnet-4-20250514');
  expect(catalogueModel('openai', 'gpt-4o-mini', NOW)?.contextWindow).toBe(128_000);
});

test('a provider or model that it does not know is no model, whatever the name looks like', () => {
  expect(catalogueModel('our-own-servers', 'gpt-4o-mini', NOW)).toBeNull();
  expect(catalogueModel('', 'gpt-4o-mini', NOW)).toBeNull();
  expect(catalogueModel('openai', 'gpt-99-imaginary', NOW)).toBeNull();
  expect(catalogueModel('openai', '', NOW)).toBeNull();
});

test('an empty price list is no price, but a model named free has the price 0', () => {
  expect(catalogueModel('openai', 'omni-moderation-latest', NOW)?.unitPrices ?? {}).toEqual({});
  expect(catalogueModel('openai', 'whisper-1', NOW)?.unitPrices).toEqual({});
  expect(catalogueModel('openrouter', 'openai/gpt-oss-20b:free', NOW)?.unitPrices).toMatchObject({ input: 0n, output: 0n });
});

test('prices are those of their day, and say between which changes they hold', () => {
  const before = catalogueModel('anthropic', 'claude-opus-4-6', at('2026-03-12T23:59:59.999999Z'));
  const after = catalogueModel('anthropic', 'claude-opus-4-6', at('2026-03-13T00:00:00Z'));
  expect(before?.unitPrices.input).toEqual({ base: 5_000_000_000n, tiers: [{ above: 200_000, price: 10_000_000_000n }] });
  expect(after?.unitPrices.input).toBe(5_000_000_000n);
  expect(before?.validUntil).toBe(after?.validFrom);
  expect(after?.validUntil).toBe(Number.POSITIVE_INFINITY);
});

test('prices by the hour hold for their hours', () => {
  const night = catalogueModel('deepseek', 'deepseek-chat', at('2025-05-04T20:00:00Z'));
  const day = catalogueModel('deepseek', 'deepseek-chat', at('2025-05-04T12:00:00Z'));
  expect([night?.unitPrices.input, day?.unitPrices.input]).toEqual([135_000_000n, 270_000_000n]);
  expect(toIso(day?.validFrom as Instant)).toBe('2025-05-04T00:30:00Z');
  expect(toIso(day?.validUntil as Instant)).toBe('2025-05-04T16:30:00Z');
  expect(toIso(night?.validUntil as Instant)).toBe('2025-05-05T00:30:00Z');
});

test('an answer holds for as long as it says, for every model', async () => {
  const providers = (await waitForUpdate()) ?? [];
  for (const provider of providers) {
    for (const model of provider.models.filter((each) => Array.isArray(each.prices))) {
      for (let from = at('2024-01-01T00:00:00Z') as number; from < NOW; from += 97 * DAY) {
        const found = catalogueModel(provider.id, model.id, from as Instant);
        if (!found) continue;
        expect(found.validFrom <= from && from < found.validUntil).toBe(true);
        for (const edge of [found.validFrom, found.validUntil - 1]) {
          if (!Number.isFinite(edge)) continue;
          expect(catalogueModel(provider.id, model.id, edge as Instant)?.unitPrices).toEqual(found.unitPrices);
        }
      }
    }
  }
});

test('a cost is what the catalogue’s own calculator says, to the nano-dollar', async () => {
  const models = ((await waitForUpdate()) ?? []).flatMap((provider) =>
    provider.models.map((model) => ({ provider: provider.id, model: model.id })),
  );
  const quantity = fc.integer({ min: 0, max: 300_000 });
  let compared = 0;
  fc.assert(
    fc.property(fc.constantFrom(...models), quantity, quantity, quantity, quantity, (name, input, read, written, output) => {
      const found = catalogueModel(name.provider, name.model, NOW);
      if (!found || found.model.endsWith(':free')) return;
      const writes = found.unitPrices.input_cache_write_5m === undefined ? 0 : written;
      const units = { input, input_cache_read: read, input_cache_write_5m: writes, output };
      const cost = costOf(units, withBilledAs(found.model, found.unitPrices));
      const usage = { input_tokens: input + read + writes, cache_read_tokens: read, cache_write_tokens: writes, output_tokens: output };
      const theirs = calcPrice(usage, name.model, { providerId: name.provider, timestamp: toDate(NOW) });
      if (cost === null || !theirs) return;
      compared++;
      expect(Math.abs(Number(cost) - theirs.total_price * 1e9)).toBeLessThanOrEqual(1 + theirs.total_price);
    }),
    { numRuns: 3_000 },
  );
  expect(compared).toBeGreaterThan(2_000);
});

test('the dearest price of a kind is over all models, dates and sizes', () => {
  const dearest = catalogue.dearest();
  expect(dearest.input).toBeGreaterThanOrEqual(150_000_000_000n);
  expect(dearest.output).toBeGreaterThanOrEqual(600_000_000_000n);
  expect(dearest.output_reasoning).toBe(dearest.output);
  for (const kind of [
    'input_cache_read',
    'input_cache_write_5m',
    'input_cache_write_1h',
    'input_audio',
    'output_audio',
    'input_image',
    'output_image',
    'tool_call:web_search',
    'tool_call:file_search',
    'request',
  ] as const) {
    expect(dearest[kind]).toBeGreaterThan(0n);
  }
});
