import { z } from 'zod';

export const AREAS = ['split', 'guardrails', 'kpi', 'process'] as const;
export const EFFORTS = ['hours', 'a day', 'days'] as const;

const findingOut = z.object({
  key: z.string(),
  area: z.enum(AREAS),
  title: z.string(),
  /** What was found, in a sentence; its figures are those of the screen that `href` leads to. */
  evidence: z.string(),
  effort: z.enum(EFFORTS),
  /** What 30 days would cost less; null where that cannot be told. */
  savingNanoUsd: z.string().nullable(),
  href: z.string(),
  query: z.string(),
});
export type Finding = z.output<typeof findingOut>;

export const implementationOut = z.object({ findings: z.array(findingOut), savingNanoUsd: z.string() });
export type ImplementationOut = z.output<typeof implementationOut>;
