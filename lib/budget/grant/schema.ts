import { z } from 'zod';
import { nano } from '@/lib/kernel/fields';
import { parseInstant } from '@/lib/kernel/instant';
import { pageOf, pageQuery } from '@/lib/kernel/pages';
import { amountIn, scopeIn } from '../schema';

const iso = z.string();
const at = z
  .string()
  .max(64)
  .refine((text) => parseInstant(text) !== null, 'a time with an offset, such as 2026-11-24T10:15:00Z');

export const GRANT_STATES = ['asked', 'open', 'ended'] as const;
export type GrantState = (typeof GRANT_STATES)[number];

export const grantIn = z.strictObject({
  amount: amountIn,
  /** Which calls may spend it; absent: every call of the budget. */
  scope: scopeIn.default({}),
  reason: z.string().trim().min(1, 'say why in a sentence').max(1_000),
  expiresAt: at,
});
export type GrantIn = z.output<typeof grantIn>;

export const grantOut = z.object({
  ...{ id: z.string(), createdAt: iso, etag: z.string(), budgetId: z.string(), budgetName: z.string(), state: z.enum(GRANT_STATES) },
  ...{ amount: z.string(), amountNanoUsd: nano, spentNanoUsd: nano, heldNanoUsd: nano },
  scope: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
  reason: z.string(),
  /** A grant ends with its period, whatever was asked for. */
  expiresAt: iso,
  ...{ askedAt: iso, askedBy: z.string(), askedByName: z.string(), approvedAt: iso.nullable(), approvedBy: z.string().nullable() },
  ...{ approvedByName: z.string().nullable(), endedAt: iso.nullable(), endedBy: z.string().nullable(), endedWhy: z.string().nullable() },
  /** Null where nobody ended it: its time was over. */
  endedByName: z.string().nullable(),
});
export type GrantOut = z.output<typeof grantOut>;

export const grantsOut = pageOf(grantOut);
export const grantsQuery = z.strictObject({ ...pageQuery, state: z.enum(GRANT_STATES).optional() });
