import { z } from 'zod';

/** A flag that was evaluated, as the OpenFeature Remote Evaluation Protocol 0.3 has it. Without a value the caller's own default holds. */
export const flagOut = z.object({
  key: z.string(),
  value: z.union([z.boolean(), z.string(), z.number()]).optional(),
  reason: z.enum(['STATIC', 'DEFAULT', 'TARGETING_MATCH', 'DISABLED']),
  variant: z.string(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type FlagOut = z.output<typeof flagOut>;

export const flagFault = z.object({
  key: z.string(),
  errorCode: z.enum(['PARSE_ERROR', 'INVALID_CONTEXT', 'FLAG_NOT_FOUND', 'GENERAL']),
  errorDetails: z.string(),
});
export type FlagFault = z.output<typeof flagFault>;

export const flagsOut = z.object({ flags: z.array(z.union([flagOut, flagFault])) });

const name = z.string().trim().min(1).max(200);

/** What a call is for, as a program says it of itself; what its key pins wins. Other attributes are OpenFeature's or its own. */
export const flagContext = z.object({
  workload: name.optional(),
  customer: name.optional(),
  provider: name.optional(),
  model: name.optional(),
  trafficStage: name.optional(),
  tags: z.record(z.string().max(100), z.string().max(200)).optional(),
});
export type FlagContext = z.output<typeof flagContext>;
