import { z } from 'zod';
import { date } from '@/lib/kernel/fields';

export const RISKS = ['low', 'medium', 'high'] as const;
export type Risk = (typeof RISKS)[number];

/** What a person says of a step. What is left out stays as it was; null takes it back. */
export const stepChange = z
  .strictObject({
    done: z.boolean(),
    evidence: z.string().trim().min(1).max(2_000).nullable(),
    risk: z.enum(RISKS).nullable(),
    ownerId: z.string().max(100).nullable(),
    dueOn: date.nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'at least one field to change');
export type StepChange = z.output<typeof stepChange>;

const gapOut = z.object({ label: z.string(), say: z.string(), act: z.string(), href: z.string() });

export const stepOut = z.object({
  ...{ id: z.string(), title: z.string(), why: z.string(), how: z.string() },
  /** `live`: the product tells whether it is done; `hand`: a person does. */
  kind: z.enum(['live', 'hand']),
  done: z.boolean(),
  /** One sentence: how it stands, or who said so; null where nobody has said anything. */
  say: z.string().nullable(),
  gaps: z.array(gapOut),
  ...{ evidence: z.string().nullable(), risk: z.enum(RISKS).nullable(), ownerId: z.string().nullable(), ownerName: z.string().nullable() },
  ...{ dueOn: z.string().nullable(), saidBy: z.string().nullable(), saidAt: z.string().nullable() },
});
export type StepOut = z.output<typeof stepOut>;

const named = z.object({ slug: z.string(), title: z.string() });

export const playbookOut = z.object({
  ...{ slug: z.string(), phase: z.enum(['find', 'guard', 'run']), title: z.string(), question: z.string(), answer: z.string() },
  ...{ fastPath: z.array(z.string()), steps: z.array(stepOut), done: z.number(), next: named },
  /** How many steps were done at the end of each day that is kept, the oldest first. */
  history: z.array(z.object({ day: z.string(), done: z.number(), steps: z.number() })),
  review: z.object({
    everyDays: z.number(),
    reviewedAt: z.string().nullable(),
    reviewedBy: z.string().nullable(),
    dueOn: z.string().nullable(),
    isDue: z.boolean(),
  }),
});
export type PlaybookOut = z.output<typeof playbookOut>;

export const playbooksOut = z.object({
  items: z.array(
    playbookOut.pick({ slug: true, phase: true, title: true, question: true, answer: true, done: true, review: true }).extend({
      steps: z.number(),
      /** The first step that is not done. */
      firstGap: z.string().nullable(),
    }),
  ),
});
export type PlaybooksOut = z.output<typeof playbooksOut>;

export const FORMATS = ['md', 'csv'] as const;
export const formatQuery = z.strictObject({ format: z.enum(FORMATS).default('md') });

export const signalsOut = z.object({
  looksLike: z.boolean(),
  signals: z.array(z.object({ key: z.enum(['customer', 'longer', 'more']), say: z.string() })),
});
