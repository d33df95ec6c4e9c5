import { z } from 'zod';
import { UNIT_KIND, UNITS_PER_RECORD } from '@/lib/kernel/units';
import { GATEWAY_KEYS } from '@/lib/workload/through-gateway';

const name = z.string().trim().min(1).max(200);
const provider = name.toLowerCase();
const nanoText = z.string().regex(/^\d+$/);
const quantity = z.int().min(0).max(UNITS_PER_RECORD);

export const TRAFFIC_STAGE = z.enum(['experiment', 'pilot', 'ramp', 'production']);
export const tagsIn = z
  .record(z.string().min(1).max(100), z.string().max(200))
  .refine((tags) => Object.keys(tags).length <= 32, 'at most 32 tags');

/** The bound of a call: how much of each kind it can use at most. Input and output must be bounded. */
const maxUnits = z.record(UNIT_KIND, quantity).and(z.object({ input: quantity, output: quantity }));

export const authorizeIn = z.strictObject({
  workload: name,
  feature: name.optional(),
  provider,
  model: name,
  maxUnits,
  minOutput: quantity.optional(),
  customer: name.optional(),
  tags: tagsIn.optional(),
  trafficStage: TRAFFIC_STAGE.optional(),
  ttlSeconds: z.int().min(1).max(3_600).default(600),
  maxWaitMs: z.int().min(0).max(30_000).default(0),
  idempotencyKey: z
    .string()
    .min(1)
    .max(200)
    .refine((key) => !key.startsWith(GATEWAY_KEYS), 'keys that begin with "gateway " are the gateway\'s own'),
});
export type AuthorizeRequest = z.output<typeof authorizeIn>;

const holdId = z.string().min(1).max(100);

export const settleIn = z.strictObject({
  holdId,
  units: z.record(UNIT_KIND, quantity),
  provider: provider.optional(),
  model: name.optional(),
  eventId: z.string().min(1).max(200).optional(),
  responseId: z.string().min(1).max(200).optional(),
  outcome: z.enum(['success', 'failure', 'unknown']).optional(),
  quality: z.number().min(0).max(1).optional(),
  converted: z.boolean().optional(),
  latencyMs: z.int().min(0).max(86_400_000).optional(),
});
export type SettleRequest = z.output<typeof settleIn>;

export const releaseIn = z.strictObject({ holdId });
export type ReleaseRequest = z.output<typeof releaseIn>;

const units = z.record(z.string(), z.number());

/** The reasons of a refusal, the most lasting first: where several apply, the first of them is given. */
export const REASONS = [
  'blocked',
  'feature_disabled',
  'model_not_allowed',
  'unpriced',
  'unbounded',
  'stopped',
  'too_large',
  'resuming',
  'rate_limited',
  'busy',
] as const;
export type Reason = (typeof REASONS)[number];

const observed = z.object({ reason: z.enum(REASONS), budgetId: z.string(), stopId: z.string().nullable() });

export const allowOut = z.object({
  decision: z.literal('allow'),
  holdId: z.string(),
  heldNanoUsd: nanoText,
  expiresAt: z.string(),
  provider: z.string(),
  model: z.string(),
  routedBy: z.string().nullable(),
  maxUnits: units,
  featuresOff: z.array(z.string()),
  observed: observed.nullable(),
  budgets: z.array(z.object({ id: z.string(), utilisation: z.number().nullable(), chargedUtilisation: z.number().nullable() })),
});
export type Allow = z.output<typeof allowOut>;

export const denyOut = z.object({
  decision: z.literal('deny'),
  reason: z.enum(REASONS),
  budgetId: z.string().nullable(),
  stopId: z.string().nullable(),
  actionId: z.string().nullable(),
  retryAfterMs: z.number().nullable(),
  largestUnits: units.nullable(),
  fallback: z.object({ message: z.string(), url: z.string().nullable() }).nullable(),
  detail: z.string(),
});
export type Deny = z.output<typeof denyOut>;

export const settleOut = z.object({ settledNanoUsd: nanoText, releasedNanoUsd: nanoText, overrunNanoUsd: nanoText });
export type Settled = z.output<typeof settleOut>;

export const releaseOut = z.object({ releasedNanoUsd: nanoText });
export type Released = z.output<typeof releaseOut>;
