import { z } from 'zod';

const count = z.int().min(1).max(1_000_000_000);
const name = z.string().trim().min(1).max(200);
const model = z.strictObject({ provider: name, model: name });
const mode = z.enum(['automatic', 'ask']);

const rateLimit = z
  .strictObject({
    callsPerMinute: count.optional(),
    unitsPerMinute: count.optional(),
    concurrent: count.optional(),
    burst: count.optional(),
  })
  .refine(
    (params) => params.callsPerMinute !== undefined || params.unitsPerMinute !== undefined || params.concurrent !== undefined,
    'set callsPerMinute, unitsPerMinute or concurrent',
  );

/** What each kind of containment is told. */
export const ACTION_PARAMS = {
  rate_limit: rateLimit,
  route: z.strictObject({ from: model, to: model }),
  disable_feature: z.strictObject({ feature: name }),
  block: z.strictObject({}),
};

/** What a level does to spend when it is reached; `ask` prepares it and waits for a person's yes. */
const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rate_limit'), params: ACTION_PARAMS.rate_limit, mode }),
  z.strictObject({ kind: z.literal('route'), params: ACTION_PARAMS.route, mode }),
  z.strictObject({ kind: z.literal('disable_feature'), params: ACTION_PARAMS.disable_feature, mode }),
  z.strictObject({ kind: z.literal('block'), params: ACTION_PARAMS.block, mode }),
]);
export type LevelAction = z.output<typeof action>;

const tell = z.string().regex(/^(budget_owner|escalation_owner|member:[\w-]{1,60}|channel:[\w-]{1,60})$/, {
  error: 'use budget_owner, escalation_owner, member:<id> or channel:<id>',
});

const isPpm = (at: number): boolean => Math.abs(Math.round(at * 1e6) - at * 1e6) < 1e-3;

/** A level as a share of the amount (0.95 is 95 %) and what happens there. */
export const thresholdIn = z.strictObject({
  at: z.number().positive('a level lies above 0').max(10, 'a level lies at 10 (1000 %) at most').refine(isPpm, 'at most six decimals'),
  kind: z.enum(['notify', 'contain', 'stop']),
  /** Looks at how fast the amount is being spent, instead of how much of it is. */
  burn: z.boolean().nullish(),
  /** Looks at the forecast: reached within so many days. */
  withinDays: z.int().min(1).max(366).nullish(),
  mustAnswer: z.boolean().optional(),
  actions: z.array(action).max(10).default([]),
  tell: z.array(tell).max(20).default([]),
});
export type ThresholdIn = z.output<typeof thresholdIn>;

export const thresholdsIn = z.strictObject({ items: z.array(thresholdIn).max(20), confirm: z.boolean().default(false) });
export type ThresholdsIn = z.output<typeof thresholdsIn>;

export const thresholdOut = z.object({
  id: z.string(),
  at: z.number(),
  kind: z.enum(['notify', 'contain', 'stop']),
  burn: z.boolean(),
  withinDays: z.number().nullable(),
  mustAnswer: z.boolean(),
  actions: z.array(action),
  tell: z.array(z.string()),
});
export type ThresholdOut = z.output<typeof thresholdOut>;

/** A budget's thresholds, lowest first; `etag` is the budget's. */
export const thresholdsOut = z.object({ items: z.array(thresholdOut), etag: z.string() });
export type ThresholdsOut = z.output<typeof thresholdsOut>;
