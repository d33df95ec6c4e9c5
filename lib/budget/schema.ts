import { z } from 'zod';
import { nano } from '@/lib/kernel/fields';
import { parseInstant } from '@/lib/kernel/instant';
import { PERIOD_KINDS } from '@/lib/kernel/period';
import { EXCESS_CAUSES } from './meter';
import { BUDGET_KINDS } from './scope';
import { thresholdIn, thresholdOut } from './threshold/schema';

const name = z.string().trim().min(1).max(200);
const iso = z.string();
const at = z
  .string()
  .max(64)
  .transform((text, issues) => {
    const instant = parseInstant(text);
    if (instant !== null) return instant;
    issues.addIssue({ code: 'custom', message: 'a time with an offset, such as 2026-11-24T10:15:00Z' });
    return z.NEVER;
  });

const scopeValue = name.optional();
/** Providers and models have one spelling in the books. */
const plainValue = name.toLowerCase().optional();
export const scopeIn = z.strictObject({
  ...{ workload: scopeValue, feature: scopeValue, team: scopeValue, costCentre: scopeValue, provider: plainValue, model: plainValue },
  trafficStage: z.enum(['experiment', 'pilot', 'ramp', 'production']).optional(),
  customer: scopeValue,
  tags: z
    .record(z.string().min(1).max(100), z.string().max(200))
    .refine((tags) => Object.keys(tags).length <= 8, 'at most 8 tags')
    .optional(),
});

export const amountIn = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,6})?$/, { error: 'a decimal number that is not negative, with at most six decimals, such as "1500.00"' });
export const currencyIn = z.string().regex(/^[A-Z]{3}$/, { error: 'three capital letters, such as USD' });
export const modeIn = z.enum(['enforce', 'observe']);
export const onUnpricedIn = z.enum(['refuse', 'allow']);

const kind = z.enum(PERIOD_KINDS);

export const budgetIn = z.strictObject({
  name,
  scope: scopeIn.default({}),
  period: z.union([kind, z.strictObject({ startsAt: at, endsAt: at })], {
    error: 'day, week, month, quarter, year, or { startsAt, endsAt }',
  }),
  amount: amountIn,
  currency: currencyIn.optional(),
  mode: modeIn.default('enforce'),
  ownerId: z.string().max(100).nullish(),
  escalationPolicyId: z.string().max(100).nullish(),
  leases: z.boolean().default(false),
  onUnpriced: onUnpricedIn.default('refuse'),
  thresholds: z.array(thresholdIn).max(20).optional(),
});
export type BudgetIn = z.output<typeof budgetIn>;

export const budgetChange = z.strictObject({
  name: name.optional(),
  ownerId: z.string().max(100).nullish(),
  escalationPolicyId: z.string().max(100).nullish(),
  amount: amountIn.optional(),
  /** When a new amount begins to count. */
  from: z.enum(['now', 'next_period']).default('now'),
  mode: modeIn.optional(),
  onUnpriced: onUnpricedIn.optional(),
  leases: z.boolean().optional(),
  /** Fixed for ever: taken only to say so in a sentence. */
  scope: z.unknown().optional(),
  period: z.unknown().optional(),
  currency: z.unknown().optional(),
  /** Says yes to the stop that the change raises. */
  confirm: z.boolean().default(false),
});
export type BudgetChange = z.output<typeof budgetChange>;

/** What will be charged at the period's end: the run rate alone under 14 days of data, else the forecast with its 80 % band. */
export const forecastOut = z.object({
  kind: z.enum(['run_rate', 'band']),
  /** How many days of data it stands on. */
  days: z.number(),
  ...{ endNanoUsd: nano, lowNanoUsd: nano.nullable(), highNanoUsd: nano.nullable() },
  /** When the band's upper and lower edge reach the limit; null where not before the period's end. */
  ...{ earliestAt: iso.nullable(), latestAt: iso.nullable() },
});

/** The figures of the running period; money in whole nano-dollars as text. */
export const currentOut = z.object({
  ...{ startsAt: iso, endsAt: iso, amountNanoUsd: nano, hardStopNanoUsd: nano, grantedNanoUsd: nano, limitNanoUsd: nano },
  ...{ actualNanoUsd: nano, presumedNanoUsd: nano, unpricedUpperNanoUsd: nano, chargedNanoUsd: nano, heldNanoUsd: nano },
  committedNanoUsd: nano,
  excess: z.array(z.object({ cause: z.enum(EXCESS_CAUSES), nanoUsd: nano })),
  ...{ utilisation: z.number().nullable(), chargedUtilisation: z.number().nullable(), pace: z.number().nullable() },
  /** When the forecast reaches the limit; null when not before the period's end. */
  runwayAt: iso.nullable(),
  /** Null while there is too little to go by, and while the budget is stopped. */
  forecast: forecastOut.nullable(),
  stopId: z.string().nullable(),
  ...{ calls: z.number(), unpricedCalls: z.number() },
});
export type CurrentOut = z.output<typeof currentOut>;

export const budgetOut = z.object({
  ...{ id: z.string(), createdAt: iso, etag: z.string(), name: z.string(), kind: z.enum(BUDGET_KINDS) },
  scope: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
  period: z.union([kind, z.object({ startsAt: iso, endsAt: iso })]),
  ...{ amount: z.string(), nextAmount: z.string().nullable(), currency: z.string(), mode: modeIn, ownerId: z.string().nullable() },
  ...{ escalationPolicyId: z.string().nullable(), leases: z.boolean(), onUnpriced: onUnpricedIn, thresholds: z.array(thresholdOut) },
  endedAt: iso.nullable(),
  /** The period that runs now; of fixed dates the one there is, of an ended budget its last. */
  current: currentOut,
});
export type BudgetOut = z.output<typeof budgetOut>;

export const standingIn = z.strictObject({ everything: amountIn, unassigned: amountIn, currency: currencyIn });
export type StandingIn = z.output<typeof standingIn>;
