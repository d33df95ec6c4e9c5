import { z } from 'zod';

/** Text that Postgres keeps as it is: no control characters, no halves of a surrogate pair. */
export const CLEAN = /^[^\p{Cc}\p{Cs}]*$/u;
const text = (longest: number) => z.string().trim().min(1).max(longest).regex(CLEAN, 'Leave control characters out.');
const name = text(200);

export const OUTCOMES = ['success', 'failure', 'unknown'] as const;

/** What came of a call, sent with its record or later. */
export const outcomeFields = {
  outcome: z.enum(OUTCOMES).nullish(),
  quality: z.number().min(0).max(1).nullish(),
  converted: z.boolean().nullish(),
};

/** A record as it is sent. `units` and `occurredAt` have readers of their own, with codes of their own. */
export const usageRecordIn = z.strictObject({
  eventId: text(200),
  occurredAt: z.string().max(40),
  workload: name.nullish(),
  feature: name.nullish(),
  provider: name.toLowerCase(),
  model: name,
  units: z.record(z.string(), z.unknown()),
  costNanoUsd: z
    .string()
    .regex(/^\d{1,18}$/, 'Send whole nano-dollars as text, 0 or more.')
    .nullish(),
  customer: name.nullish(),
  tags: z.record(text(100), z.string().max(200).regex(CLEAN, 'Leave control characters out.')).nullish(),
  trafficStage: z.enum(['experiment', 'pilot', 'ramp', 'production']).nullish(),
  responseId: name.nullish(),
  holdId: text(100).nullish(),
  ...outcomeFields,
  latencyMs: z.int().min(0).max(2_000_000_000).nullish(),
});
export type UsageRecordIn = z.input<typeof usageRecordIn>;

/** Printable ASCII without a blank at either end: what a name nearly always is. */
const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const PRINTABLE = /^[\x20-\x7e]*$/;
const NANO = /^\d{1,18}$/;
const STAGES: readonly unknown[] = ['experiment', 'pilot', 'ramp', 'production'];

type Test = (value: unknown) => boolean;
const orNone =
  (test: Test): Test =>
  (value) =>
    value === undefined || value === null || test(value);
const plain =
  (longest: number): Test =>
  (value) =>
    typeof value === 'string' && value.length <= longest && PLAIN.test(value);
const plainName = plain(200);
const plainTag = plain(100);
const number = (least: number, most: number, value: unknown): boolean => typeof value === 'number' && value >= least && value <= most;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areTags(value: unknown): boolean {
  if (!isObject(value)) return false;
  for (const key of Object.keys(value)) {
    const text = value[key];
    if (key === '__proto__' || !plainTag(key) || typeof text !== 'string' || text.length > 200 || !PRINTABLE.test(text)) return false;
  }
  return true;
}

const FIELDS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['eventId', plainName],
  ['occurredAt', (value) => typeof value === 'string' && value.length <= 40],
  ['workload', orNone(plainName)],
  ['feature', orNone(plainName)],
  ['provider', (value) => plainName(value) && value === (value as string).toLowerCase()],
  ['model', plainName],
  ['units', (value) => isObject(value) && !Object.hasOwn(value, '__proto__')],
  ['costNanoUsd', orNone((value) => typeof value === 'string' && NANO.test(value))],
  ['customer', orNone(plainName)],
  ['tags', orNone(areTags)],
  ['trafficStage', orNone((value) => STAGES.includes(value))],
  ['responseId', orNone(plainName)],
  ['holdId', orNone(plain(100))],
  ['outcome', orNone((value) => (OUTCOMES as readonly unknown[]).includes(value))],
  ['quality', orNone((value) => number(0, 1, value))],
  ['converted', orNone((value) => typeof value === 'boolean')],
  ['latencyMs', orNone((value) => number(0, 2_000_000_000, value) && Number.isInteger(value))],
]);
const REQUIRED = ['eventId', 'occurredAt', 'provider', 'model', 'units'];

/**
 * A record that is plainly what `usageRecordIn` asks for and that it would hand on as it is, in a fifth of the schema's time. Null
 * where that is not plain: then the schema reads it, and says what is wrong. A test holds that both say the same.
 */
export function plainRecord(raw: unknown): z.output<typeof usageRecordIn> | null {
  if (!isObject(raw)) return null;
  for (const field of Object.keys(raw)) if (!FIELDS.get(field)?.(raw[field])) return null;
  for (const field of REQUIRED) if (raw[field] === undefined) return null;
  return raw as z.output<typeof usageRecordIn>;
}
