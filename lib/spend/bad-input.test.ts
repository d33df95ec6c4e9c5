import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Door } from '@/lib/http/door';
import { minus, minutes, toIso } from '@/lib/kernel/instant';
import { NOON } from '@/lib/testing/bare-org';
import { aRecord, knock, standClock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { authorizeDoor, releaseDoor, settleDoor } from './decide/doors';
import { ingestUsageDoor } from './ingest/doors';
import { addPriceDoor } from './reprice/doors';

useDatabase();
standClock();

type Json = Record<string, unknown>;

const HOSTILE = [
  ...[
    null,
    true,
    '',
    ' ',
    '\u0000',
    'a\u0001b',
    '\ud800',
    '\u202e',
    "'; DROP TABLE hold;--",
    '{1,2}',
    '\\',
    '"',
    '__proto__',
    'NaN',
    '1e400',
  ],
  ...['x'.repeat(201), '\u{1f4b8}'.repeat(200), 'é'.normalize('NFD'), '0'.repeat(400), '-1', '9223372036854775808', '2026-02-30T00:00:00Z'],
  ...['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-11-24T12:00:00+99:99', -1, 0, -0, 0.1, 1e9, 1e9 + 1, 1e21, 1e308, 2 ** 53],
  ...[[], [[]], {}, { input: 1e9 }, { input: -1 }, { input: 1e9, output: 1e9, output_audio: 1e9, 'tool_call:x': 1e9, request: 1e9 }],
];
const value = fc.oneof(fc.constantFrom<unknown>(...HOSTILE), fc.constantFrom<unknown>(...HOSTILE), fc.jsonValue({ maxDepth: 3 }));
/** Fields as they are known, and some that are not. */
const field = fc.constantFrom(
  ...['eventId', 'occurredAt', 'workload', 'feature', 'provider', 'model', 'units', 'maxUnits', 'minOutput', 'customer', 'tags', 'holdId'],
  ...['trafficStage', 'responseId', 'outcome', 'quality', 'converted', 'latencyMs', 'costNanoUsd', 'ttlSeconds', 'idempotencyKey'],
  ...['items', 'records', 'unknown', '__proto__', 'constructor', 'toString'],
);
const inner = fc.constantFrom('input', 'output', 'input_audio', 'request', 'tool_call:web_search', 'tool_call:', 'env', '__proto__', '');
const mutation = fc.oneof(
  fc.record({ how: fc.constant('set' as const), field, value }),
  fc.record({ how: fc.constant('set' as const), field, value }),
  fc.record({ how: fc.constant('put' as const), field: fc.constantFrom('units', 'maxUnits', 'tags'), inner, value }),
  fc.record({ how: fc.constant('drop' as const), field }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

/** JSON can write fields that an object literal cannot: they are defined, not assigned. */
const put = (to: Json, name: string, given: unknown) =>
  Object.defineProperty(to, name, { value: given, enumerable: true, configurable: true, writable: true });

function mutated(body: Json, mutations: Mutation[]): Json {
  const made: Json = structuredClone(body);
  for (const each of mutations) {
    if (each.how === 'drop') delete made[each.field];
    else if (each.how === 'set') put(made, each.field, each.value);
    else if (typeof made[each.field] === 'object' && made[each.field] !== null) put(made[each.field] as Json, each.inner, each.value);
  }
  return made;
}

const DOORS: { door: Door; many: 'items' | 'records' }[] = [
  { door: authorizeDoor, many: 'items' },
  { door: settleDoor, many: 'items' },
  { door: releaseDoor, many: 'items' },
  { door: ingestUsageDoor, many: 'records' },
];

/** In the place of a hold where there was no room for one. */
const NONE = 'hld_none';

let asked = 0;
const anAsk = (): Json => ({
  ...{ workload: 'support-bot', provider: 'openai', model: 'gpt-4o', maxUnits: { input: 10, output: 10 }, tags: {} },
  idempotencyKey: `k-${++asked}`,
});

async function bodyFor(org: UsageOrg, which: number): Promise<Json> {
  if (which === 0) return anAsk();
  if (which === 3) return aRecord(org, { occurredAt: toIso(minus(NOON, minutes(2))), tags: {} });
  const { json } = await knock(authorizeDoor, org, { body: anAsk() });
  return { holdId: json.holdId ?? NONE, ...(which === 1 ? { units: { input: 5, output: 5 } } : {}) };
}

const CASES = 2_000;
const AT_ONCE = 5;

it('bad input gets a clear answer', async () => {
  const org = await usageOrg([
    { amount: '1000000', onUnpriced: 'allow' },
    { amount: '5', mode: 'observe', workload: 'support-bot' },
  ]);
  const seen = new Set<number>();
  const one = async ([which, mutations, isAlone]: [number, Mutation[], boolean]): Promise<void> => {
    const { door, many } = DOORS[which] as (typeof DOORS)[number];
    const bad = mutated(await bodyFor(org, which), mutations);
    const good = await bodyFor(org, which);
    const body = isAlone && many === 'items' ? bad : { [many]: [bad, good] };
    const sent = JSON.stringify(body);
    const { status, json } = await knock(door, org, { body: sent });
    seen.add(status);
    expect(status, `${door.path} ${sent} → ${JSON.stringify(json)}`).toBeLessThan(500);
    if (status >= 400)
      expect(json, sent).toMatchObject({ code: expect.stringMatching(/^[a-z_]+(\.[a-z_]+)?$/), detail: expect.stringMatching(/\.$/) });
    // Of two items the good one is answered, whatever the other one was.
    else if ('items' in json && (json.items as unknown[]).length === 2 && good.holdId !== NONE)
      expect((json.items as Json[])[1], sent).not.toHaveProperty('error');
  };
  const bodies = fc.tuple(fc.nat(3), fc.array(mutation, { minLength: 1, maxLength: 3 }), fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.array(bodies, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (together) => {
      await Promise.all(together.map(one));
    }),
    { numRuns: CASES / AT_ONCE },
  );
  expect([...seen].sort()).toEqual(expect.arrayContaining([200, 422]));
}, 240_000);

it('bytes that are no JSON, no UTF-8 or no end get a clear answer', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  const bodies = [
    '',
    '{',
    'null',
    '[]',
    '"text"',
    '1e999',
    deep,
    '{"items":null}',
    '{"records":{}}',
    '\ufeff{}',
    new Uint8Array([0xc3, 0x28]),
  ];
  for (const { door } of DOORS) {
    for (const body of bodies) {
      const { status, json } = await knock(door, org, { body });
      expect([400, 413, 415, 422], `${door.path} ${String(body).slice(0, 40)}`).toContain(status);
      expect(json).toMatchObject({ code: expect.any(String), detail: expect.any(String) });
    }
  }
});

it('figures past what can be kept are refused one by one', async () => {
  const org = await usageOrg([{ amount: '10', mode: 'observe', onUnpriced: 'allow' }]);
  const tool = { provider: 'own', model: 'm', unit: 'tool_call:dear', nanoUsdPerMillion: '9'.repeat(15) };
  expect((await knock(addPriceDoor, org, { body: tool })).status).toBe(201);
  const tools = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`tool_call:t${i}`, 1e9]));
  const huge = { ...anAsk(), model: 'nobody-knows', maxUnits: { input: 1, output: 1, ...tools } };
  const { status, json } = await knock(authorizeDoor, org, { body: { items: [huge, anAsk()] } });
  expect([status, json]).toMatchObject([
    200,
    { items: [{ error: { status: 422, code: 'decisions.out_of_range' } }, { decision: 'allow' }] },
  ]);
});
