import { z } from 'zod';
import { scopeIn } from '@/lib/budget/schema';
import { ACTION_PARAMS } from '@/lib/budget/threshold/schema';
import { nano } from '@/lib/kernel/fields';
import { parseInstant } from '@/lib/kernel/instant';
import { pageOf, pageQuery } from '@/lib/kernel/pages';

export const ACTION_KINDS = ['rate_limit', 'route', 'disable_feature', 'block'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

export const ACTION_STATES = ['prepared', 'taking_hold', 'in_force', 'failed', 'ended'] as const;
/** `failed`: a process that decides has not confirmed it in ten seconds. */
export type ActionState = (typeof ACTION_STATES)[number];

export const words = z.string().trim().min(1, 'say why in a sentence').max(1_000);
const time = z
  .string()
  .max(64)
  .transform((text, issues) => {
    const at = parseInstant(text);
    if (at !== null) return at;
    issues.addIssue({ code: 'custom', message: 'a time with an offset, such as 2026-11-24T10:15:00Z' });
    return z.NEVER;
  });

const what = {
  rate_limit: { kind: z.literal('rate_limit'), params: ACTION_PARAMS.rate_limit },
  route: { kind: z.literal('route'), params: ACTION_PARAMS.route },
  disable_feature: { kind: z.literal('disable_feature'), params: ACTION_PARAMS.disable_feature },
  block: { kind: z.literal('block'), params: ACTION_PARAMS.block.default({}) },
};
const scope = { scope: scopeIn.default({}) };
const more = {
  ...scope,
  reason: words,
  /** Until when; absent: until someone ends it. */
  expiresAt: time.nullish(),
  /** Only prepare it: it waits until someone starts it. */
  prepare: z.boolean().default(false),
};

export const actionIn = z.discriminatedUnion('kind', [
  z.strictObject({ ...what.rate_limit, ...more }),
  z.strictObject({ ...what.route, ...more }),
  z.strictObject({ ...what.disable_feature, ...more }),
  z.strictObject({ ...what.block, ...more }),
]);
export type ActionIn = z.output<typeof actionIn>;

export const previewIn = z.discriminatedUnion('kind', [
  z.strictObject({ ...what.rate_limit, ...scope }),
  z.strictObject({ ...what.route, ...scope }),
  z.strictObject({ ...what.disable_feature, ...scope }),
  z.strictObject({ ...what.block, ...scope }),
]);
export type PreviewIn = z.output<typeof previewIn>;

/** What an action is told, by its kind. */
export type RateLimitParams = z.output<typeof ACTION_PARAMS.rate_limit>;
export type RouteParams = z.output<typeof ACTION_PARAMS.route>;
export type FeatureParams = z.output<typeof ACTION_PARAMS.disable_feature>;

export const actionChange = z.strictObject({ reason: words.optional(), expiresAt: time.nullish() });
export type ActionChange = z.output<typeof actionChange>;

const iso = z.string();
const iso0 = iso.nullable();
const text0 = z.string().nullable();

const scopeOut = z.object({
  ...{ workload: z.string().optional(), feature: z.string().optional(), team: z.string().optional(), costCentre: z.string().optional() },
  ...{
    provider: z.string().optional(),
    model: z.string().optional(),
    trafficStage: z.string().optional(),
    customer: z.string().optional(),
  },
  tags: z.record(z.string(), z.string()),
});

export const actionOut = z.object({
  ...{ id: z.string(), createdAt: iso, etag: z.string(), kind: z.enum(ACTION_KINDS), scope: scopeOut },
  /** Only workloads that nobody has adopted. */
  unassigned: z.boolean(),
  params: z.union([ACTION_PARAMS.rate_limit, ACTION_PARAMS.route, ACTION_PARAMS.disable_feature, ACTION_PARAMS.block]),
  ...{ reason: z.string(), cause: z.enum(['manual', 'threshold']), mode: z.enum(['automatic', 'ask']) },
  ...{ budgetId: text0, thresholdKey: text0, breachId: text0, createdBy: z.string() },
  /** Who switched it on, or who prepared it while it waits, by name. */
  who: z.string(),
  ...{ startedAt: iso0, startedBy: text0, expiresAt: iso0, endedAt: iso0, endedBy: text0, endedWhy: text0 },
  state: z.enum(ACTION_STATES),
  /** How many of the processes that decide have taken it up, and how long that took; null while prepared and once ended. */
  confirmedBy: z.object({ confirmed: z.number(), of: z.number(), seconds: z.number().nullable() }).nullable(),
  /** Dimensions of its scope that callers declare unless their key pins them. */
  asDeclared: z.array(z.string()),
  /** Calls refused (each idempotency key once) or sent to another model. */
  callsAffected: z.number(),
  customersAffected: z.number(),
  /** Measured: what rerouted calls would have cost less what they cost, as they settle. */
  savedNanoUsd: nano,
  /** An estimate, apart from what was saved: refused worst cases × what such calls usually come to; null while that is not known. */
  notSpentNanoUsd: nano.nullable(),
});
export type ActionOut = z.output<typeof actionOut>;

export const actionsOut = pageOf(actionOut);
export const actionsQuery = z.strictObject({
  ...pageQuery,
  /** One of the states, or `open`: whatever has not ended. */
  state: z.enum([...ACTION_STATES, 'open']).optional(),
  kind: z.enum(ACTION_KINDS).optional(),
  workload: z.string().max(200).optional(),
  budgetId: z.string().max(100).optional(),
  breachId: z.string().max(100).optional(),
});
export type ActionsQuery = z.output<typeof actionsQuery>;
