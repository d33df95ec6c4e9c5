import { z } from 'zod';

/** A calendar day that there is, as ISO 8601 writes it and Postgres keeps it: `2026-11-24`, from the year 1. */
export const date = z.iso
  .date({ error: 'a date such as 2026-11-24' })
  .refine((day) => day >= '0001', { error: 'a date such as 2026-11-24' });

/** Whole nano-dollars as text, as an answer holds them: numbers of JSON are not exact beyond 2⁵³. */
export const nano = z.string().regex(/^-?\d+$/);
