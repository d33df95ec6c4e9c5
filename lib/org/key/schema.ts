import { z } from 'zod';
import { SCOPES } from '@/lib/context';
import { parseInstant } from '@/lib/kernel/instant';

const named = z.string().trim().min(1, 'at least one character').max(200, 'at most 200 characters');

const modelPin = z.strictObject({ provider: named, model: named });

const pins = z
  .strictObject({
    workload: named.optional(),
    feature: named.optional(),
    customer: named.optional(),
    tags: z
      .record(z.string().min(1).max(100), z.string().max(200))
      .refine((tags) => Object.keys(tags).length <= 32, 'at most 32 tags')
      .optional(),
    models: z
      .array(modelPin)
      .min(1, 'at least one model, or leave it out for all')
      .max(100, 'at most 100 models')
      .optional()
      .describe('The models it may call, after routing; absent: all.'),
  })
  .refine((given) => given.feature === undefined || given.workload !== undefined, 'a feature is pinned together with its workload');

/** A time with an offset. */
const time = z.string().transform((text, context) => {
  const at = parseInstant(text);
  if (at !== null) return at;
  context.addIssue({ code: 'custom', message: 'an ISO time with an offset, such as 2026-12-31T00:00:00Z' });
  return z.NEVER;
});

export const keyIn = z.strictObject({
  name: named,
  scopes: z
    .array(z.enum(SCOPES))
    .min(1, 'at least one scope')
    .refine((given) => new Set(given).size === given.length, 'each scope once'),
  pins: pins.default({}),
  expiresAt: time.nullish().meta({ type: 'string', format: 'date-time' }),
});
export type KeyIn = z.output<typeof keyIn>;

export const keyOut = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  pins: z.object({
    workload: z.string().optional(),
    feature: z.string().optional(),
    customer: z.string().optional(),
    tags: z.record(z.string(), z.string()),
    models: z.array(z.object({ provider: z.string(), model: z.string() })).optional(),
  }),
  state: z.enum(['live', 'expired', 'revoked']),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  etag: z.string(),
});
export type Key = z.output<typeof keyOut>;

export const madeKeyOut = keyOut.extend({ secret: z.string().describe('Shown this once.') });
