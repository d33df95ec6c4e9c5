import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainRecord, usageRecordIn } from './schema';

const text = fc.oneof(
  fc.constantFrom('a', ' a', 'a ', '', 'é', 'A', 'a\u0001', '\ud800', '__proto__', 'x'.repeat(100), 'x'.repeat(101), 'x'.repeat(201), '12'),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
);
const anything = fc.oneof(
  text,
  fc.constantFrom(null, undefined, true, 0, -1, 0.5, 1, 1.5, 2e9, 2e9 + 1, Number.POSITIVE_INFINITY, [], {}),
  fc.constantFrom('success', 'production', 'openai', '7', '2026-11-24T10:00:00Z'),
  fc.dictionary(text, fc.oneof(text, fc.nat())),
  fc.constant(JSON.parse('{"__proto__": "x"}')),
);
const FIELDS = [...Object.keys(usageRecordIn.shape), 'extra', '__proto__'];

it('takes for plain only what the schema hands on as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...FIELDS), anything), { maxLength: 3 }), (changes) => {
      const raw: Record<string, unknown> = { ...FULL };
      for (const [field, value] of changes)
        Object.defineProperty(raw, field, { value, enumerable: true, configurable: true, writable: true });
      const parsed = usageRecordIn.safeParse(raw);
      const plain = plainRecord(raw);
      if (plain === null) return;
      expect(parsed.success, JSON.stringify(raw)).toBe(true);
      expect(parsed.data).toEqual(plain);
    }),
    { numRuns: 5_000 },
  );
});

const FULL = {
  ...{ eventId: 'e-1', occurredAt: '2026-11-24T10:00:00Z', workload: 'bot', feature: 'chat', provider: 'openai', model: 'gpt-4o' },
  ...{ units: { input: 1, output: 2 }, costNanoUsd: '12', customer: 'acme', tags: { env: 'prod', empty: '' }, trafficStage: 'pilot' },
  ...{ responseId: 'r-1', holdId: 'hld_1', outcome: 'success', quality: 0.5, converted: true, latencyMs: 12 },
};

it('takes an ordinary record for plain', () => {
  expect(plainRecord(FULL)).toBe(FULL);
  expect(plainRecord({ eventId: 'e', occurredAt: '2026-11-24T10:00:00Z', provider: 'p', model: 'm', units: {} })).not.toBeNull();
  expect(plainRecord({ ...FULL, workload: null, tags: undefined })).not.toBeNull();
});
