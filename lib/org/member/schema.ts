import { z } from 'zod';
import { passwordIn } from '@/lib/auth/password';
import { DUTIES, ROLES } from '@/lib/context';
import { parseInstant } from '@/lib/kernel/instant';
import { emailIn, personName } from '../schema';

const role = z.enum(ROLES);
const duties = z
  .array(z.enum(DUTIES))
  .refine((given) => new Set(given).size === given.length, 'each duty once')
  .describe('What someone answers for on top of their role.');

export const memberIn = z.strictObject({ email: emailIn, name: personName, role, duties: duties.default([]) });
export type MemberIn = z.output<typeof memberIn>;

const instantIn = z.string().transform((text, issues) => {
  const at = parseInstant(text);
  if (at !== null) return at;
  issues.addIssue({ code: 'custom', message: 'a time with an offset, such as 2026-11-24T10:15:00Z' });
  return z.NEVER;
});

/** Who is told in a member's place, and until when. */
const away = { deputyId: z.string().max(100).nullable(), awayUntil: instantIn.nullable() };

export const memberChange = z
  .strictObject({ role, duties, ...away })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'at least one field to change');
export type MemberChange = z.output<typeof memberChange>;

/** What members say of themselves. */
export const ownChange = z
  .strictObject(away)
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'at least one field to change');

export const memberOut = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  duties: z.array(z.enum(DUTIES)),
  state: z.enum(['invited', 'active', 'ended']),
  joinedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  deputyId: z.string().nullable(),
  awayUntil: z.string().nullable().describe('Until then the deputy is told in this member’s place.'),
  createdAt: z.string(),
  etag: z.string(),
});
export type Member = z.output<typeof memberOut>;

export const invitedOut = memberOut.extend({ joinUrl: z.string().describe('For this person alone, for seven days, shown once.') });

export const joinIn = z.strictObject({ token: z.string().min(20).max(200), name: personName, password: passwordIn });
export type JoinIn = z.output<typeof joinIn>;
