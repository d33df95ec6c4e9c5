import { z } from 'zod';
import { emailIn } from '@/lib/org/schema';

/** One line: nothing that a mail's head could be broken with. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\r\n]*$/, 'one line');
/** Left empty by people: what fills it in is a program. */
const website = z.string().max(500).optional();

export const helpIn = z.strictObject({
  ...{ name: line(120), email: emailIn, company: line(160).optional(), message: z.string().trim().min(1).max(5_000) },
  topic: z.enum(['help', 'audit']).default('help'),
  page: z
    .string()
    .max(200)
    .regex(/^\/[^\r\n]*$/, 'a path of ours')
    .optional(),
  website,
});
export type HelpIn = z.output<typeof helpIn>;

/** What became of a form. `link`: nothing was sent or kept, and `href` is a mail with everything filled in. */
export const takenOut = z.object({ kind: z.enum(['sent', 'mailed', 'confirm', 'link']), href: z.string().nullable() });
export type TakenOut = z.output<typeof takenOut>;

export const subscribeIn = z.strictObject({ email: emailIn, website });
export type SubscribeIn = z.output<typeof subscribeIn>;

export const tokenIn = z.strictObject({ token: z.string().min(1).max(300) });
export const subscriptionOut = z.object({ state: z.enum(['active', 'left']) });

const GROUPS = ['rollout', 'governance', 'procurement', 'operations'] as const;
const head = { slug: z.string(), number: z.number(), group: z.enum(GROUPS), title: z.string(), when: z.string() };
export const templateOut = z.object({ ...head, body: z.string() });
export const templatesOut = z.object({ items: z.array(z.object(head)) });
