import { z } from 'zod';
import { nano } from '@/lib/kernel/fields';
import { pageOf, pageQuery } from '@/lib/kernel/pages';
import { STOP_CAUSES } from './raise';

const iso = z.string();

export const stopOut = z.object({
  ...{ id: z.string(), createdAt: iso, etag: z.string(), budgetId: z.string(), budgetName: z.string(), periodId: z.string() },
  ...{ raisedAt: iso, raisedBy: z.string(), cause: z.enum(STOP_CAUSES), reason: z.string().nullable() },
  /** Raised by a budget that observes: it refuses nothing. */
  observed: z.boolean(),
  /** Charged over amount when it was raised; null at an amount of 0. */
  chargedUtilisation: z.number().nullable(),
  figures: z.object({
    amountNanoUsd: nano,
    limitNanoUsd: nano,
    actualNanoUsd: nano,
    chargedNanoUsd: nano,
    heldNanoUsd: nano,
    committedNanoUsd: nano,
  }),
  ...{ liftedAt: iso.nullable(), liftedBy: z.string().nullable(), liftedWhy: z.string().nullable() },
});
export type StopOut = z.output<typeof stopOut>;

export const stopsOut = pageOf(stopOut);
export const stopsQuery = z.strictObject({
  ...pageQuery,
  open: z.enum(['true', 'false']).optional(),
  budgetId: z.string().max(100).optional(),
  observed: z.enum(['true', 'false']).optional(),
});

const words = z.string().trim().min(1, 'say why in a sentence').max(1_000);
export const stopByHandIn = z.strictObject({ reason: words });
export const liftIn = z.strictObject({ why: words });
