import { z } from 'zod';
import { passwordIn } from '@/lib/auth/password';
import { isZone } from '@/lib/kernel/zone';

/** A currency by its ISO 4217 code. */
export const currencyIn = z
  .string()
  .regex(/^[A-Z]{3}$/, 'a currency code of three capital letters, such as EUR')
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'a currency that exists');

const named = z.string().trim().min(1, 'enter a name').max(200, 'at most 200 characters');
const zone = z.string().max(64).refine(isZone, 'a time zone such as Europe/Berlin');
const weekStart = z.int().min(1).max(7).describe('The first day of a week: 1 Monday … 7 Sunday.');
const fiscalYearStart = z.int().min(1).max(12).describe('The first month of the fiscal year.');
const labelTags = z
  .array(z.string().trim().min(1).max(100))
  .max(8, 'at most 8 tags')
  .refine((tags) => new Set(tags).size === tags.length, 'each tag once')
  .describe('Tags that get daily figures of their own.');

/** An e-mail address, in lower case. */
export const emailIn = z
  .email('enter an e-mail address, such as ada@example.com')
  .max(254)
  .transform((email) => email.toLowerCase());

export const personName = named;

export const organisationIn = z.strictObject({
  name: named,
  zone: zone.default('UTC'),
  weekStart: weekStart.default(1),
  fiscalYearStart: fiscalYearStart.default(1),
  currency: currencyIn.default('USD'),
});

export const firstAdminIn = z.strictObject({ email: emailIn, name: named, password: passwordIn });

export const organisationChange = z
  .strictObject({ name: named, zone, weekStart, fiscalYearStart, currency: currencyIn, labelTags })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'at least one field to change');
export type OrganisationChange = z.output<typeof organisationChange>;

export const organisationOut = z.object({
  id: z.string(),
  name: z.string(),
  zone: z.string(),
  weekStart: z.number(),
  fiscalYearStart: z.number(),
  currency: z.string(),
  labelTags: z.array(z.string()),
  sampleSince: z.string().nullable(),
  createdAt: z.string(),
  etag: z.string(),
});
export type Organisation = z.output<typeof organisationOut>;

const RATE = /^(?=.*[1-9])\d{1,9}(\.\d{1,9})?$/;

export const rateIn = z.strictObject({
  usdPerUnit: z
    .string()
    .regex(RATE, 'dollars for one unit, as a decimal such as "1.0834" with at most nine decimals')
    .describe('US dollars for one unit of the currency.'),
});

export const rateOut = z.object({
  id: z.string(),
  currency: z.string(),
  usdPerUnit: z.string(),
  nanoUsdPerUnit: z.string(),
  setAt: z.string(),
  setBy: z.string(),
  createdAt: z.string(),
  etag: z.string(),
});
export type Rate = z.output<typeof rateOut>;
