import { z } from 'zod';
import { pageOf, pageQuery } from '@/lib/kernel/pages';

/** Who is told: a duty, the organisation's admins, one member, one channel. */
export const target = z.string().regex(/^(budget_owner|escalation_owner|admins|member:[\w-]{1,60}|channel:[\w-]{1,60})$/, {
  error: 'use budget_owner, escalation_owner, admins, member:<id> or channel:<id>',
});

const step = z.strictObject({
  targets: z.array(target).min(1, 'a step tells somebody').max(20),
  minutesToAcknowledge: z.int().min(1, 'at least a minute').max(1_440, 'at most a day'),
});

const fields = {
  name: z.string().trim().min(1, 'give it a name').max(100),
  steps: z.array(step).min(1, 'at least one step').max(20),
  /** How often the steps are gone through again before the admins are told. */
  repeats: z.int().min(0).max(20),
  /** After so many minutes an answer to a breach that is still not contained counts no longer; null: it stays. */
  acknowledgeExpiresMinutes: z.int().min(1).max(10_080, 'at most a week').nullable(),
  /** Used by every budget that names none. */
  isDefault: z.boolean(),
};

export const policyIn = z.strictObject({
  ...fields,
  repeats: fields.repeats.default(1),
  acknowledgeExpiresMinutes: fields.acknowledgeExpiresMinutes.default(null),
  isDefault: fields.isDefault.default(false),
});
export type PolicyIn = z.output<typeof policyIn>;

export const policyChange = z
  .strictObject(fields)
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'at least one field to change');
export type PolicyChange = z.output<typeof policyChange>;

export const policyOut = z.object({
  ...{ id: z.string(), createdAt: z.string(), etag: z.string(), endedAt: z.string().nullable() },
  ...fields,
  steps: z.array(z.object(step.shape)),
  budgets: z.number().describe('How many budgets name it.'),
});
export type PolicyOut = z.output<typeof policyOut>;

export const policiesOut = pageOf(policyOut);
export const policiesQuery = z.strictObject({ ...pageQuery, state: z.enum(['active', 'ended', 'all']).default('active') });
