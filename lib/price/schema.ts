import { z } from 'zod';
import { pageOf, pageQuery } from '@/lib/kernel/pages';
import { isUnitKind } from '@/lib/kernel/units';

/** Text that Postgres keeps as it is. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Leave control characters out.');

/** A price of one unit kind, as a person sets it over the catalogue's. */
export const priceIn = z.strictObject({
  provider: name,
  model: name,
  unit: z.string().refine(isUnitKind, 'Use a unit kind such as input, input_cache_read, output or tool_call:<name>.'),
  nanoUsdPerMillion: z.string().regex(/^\d{1,15}$/, 'Send whole nano-dollars for a million units as text, 0 or more.'),
  effectiveFrom: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Absent: now; for a unit without any price yet, from the oldest usage that is taken.'),
  effectiveTo: z.iso.datetime({ offset: true }).nullish(),
  source: z.enum(['override', 'contract']).default('override'),
});
export type PriceIn = z.output<typeof priceIn>;

const MAX_AT_ONCE = 16;

/** Prices set together: one unit kind alone seldom prices a call. `confirm` says yes to a stop that repricing raises. */
export const pricesIn = z.strictObject({
  prices: z.array(priceIn).min(1).max(MAX_AT_ONCE),
  confirm: z.boolean().default(false),
});

/** One price, or several together. */
export const addPriceIn = z.union([priceIn.extend({ confirm: z.boolean().default(false) }), pricesIn]);
export type AddPriceIn = z.output<typeof addPriceIn>;

export const priceOut = z.object({
  id: z.string(),
  provider: z.string(),
  model: z.string(),
  unit: z.string(),
  nanoUsdPerMillion: z.string(),
  effectiveFrom: z.string(),
  effectiveTo: z.string().nullable(),
  source: z.enum(['override', 'contract', 'catalogue']),
  createdAt: z.string(),
  createdBy: z.string(),
  etag: z.string(),
});
export type PriceOut = z.output<typeof priceOut>;

/** A price of the pinned catalogue: `above` is the size of request (tokens in) from which a dearer or cheaper tier counts. */
export const cataloguePriceOut = z.object({
  provider: z.string(),
  model: z.string(),
  unit: z.string(),
  nanoUsdPerMillion: z.string(),
  above: z.number().nullable(),
  source: z.literal('catalogue'),
});

export const pricesQuery = z.strictObject({
  provider: name.optional(),
  model: name.optional(),
  ...pageQuery,
});

export const pricesOut = pageOf(priceOut).extend({
  catalogue: z.object({ version: z.string(), items: z.array(cataloguePriceOut) }),
});
