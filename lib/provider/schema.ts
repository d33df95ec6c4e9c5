import { z } from 'zod';
import { pageOf, pageQuery } from '@/lib/kernel/pages';

/** The wires that the gateway speaks. */
export const WIRES = ['openai', 'anthropic'] as const;
export type Wire = (typeof WIRES)[number];

const slug = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'letters, digits, - and _, at most 63');
const baseUrl = z
  .url({ protocol: /^https?$/, error: 'an https:// address, up to and with its version: https://api.example.com/v1' })
  .max(2_000)
  .refine((text) => !/[?#]/.test(text), 'without ? and #')
  .refine((text) => URL.parse(text)?.username === '' && URL.parse(text)?.password === '', 'without a name or a password in it')
  .transform((text) => text.replace(/\/+$/, ''));
// No spaces, nothing that could end a header's line.
const apiKey = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{8,1000}$/, 'the key as the provider shows it: 8 to 1,000 letters without spaces');

export const providerIn = z.strictObject({
  slug,
  wire: z.enum(WIRES).describe('What it speaks: OpenAI’s wire, or Anthropic’s.'),
  baseUrl,
  apiKey: apiKey.nullable().optional().describe('Kept encrypted, and never shown again.'),
});
export type ProviderIn = z.output<typeof providerIn>;

export const providerChange = z
  .strictObject({ baseUrl, apiKey: apiKey.nullable().describe('null takes the kept one away.') })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'at least one field to change');
export type ProviderChange = z.output<typeof providerChange>;

export const providerOut = z.object({
  ...{ id: z.string(), createdAt: z.string(), etag: z.string(), slug: z.string(), wire: z.enum(WIRES), baseUrl: z.string() },
  isBuiltIn: z.boolean().describe('There from the start; ending it takes back what was changed.'),
  key: z.object({ ending: z.string(), setAt: z.string() }).nullable().describe('The kept key’s last four letters; null: none is kept.'),
});
export type ProviderOut = z.output<typeof providerOut>;

export const providersOut = pageOf(providerOut);
export const providersQuery = z.strictObject({ ...pageQuery });
export const providerParams = z.object({ slug: z.string().min(1).max(100) });
