import { z } from 'zod';
import { auditEntryOut, listAudit } from '@/lib/audit/reads';
import { verifyAudit } from '@/lib/audit/verify';
import { door } from '@/lib/http/door';
import { parseInstant } from '@/lib/kernel/instant';
import { pageOf, pageQuery } from '@/lib/kernel/pages';

const time = z
  .string()
  .transform((text, context) => {
    const at = parseInstant(text);
    if (at !== null) return at;
    context.addIssue({ code: 'custom', message: 'an ISO time with an offset, such as 2026-11-24T10:15:00Z' });
    return z.NEVER;
  })
  .optional()
  .meta({ type: 'string', format: 'date-time' });

const name = z.string().min(1).max(200).optional();

export const getAudit = door({
  method: 'GET',
  path: '/api/v1/audit',
  right: 'audit.read',
  tag: 'Audit',
  summary: 'Who changed what, from what to what, newest first.',
  query: z.strictObject({ ...pageQuery, action: name, actorId: name, subjectKind: name, subjectId: name, from: time, to: time }),
  answer: pageOf(auditEntryOut),
  run: (ctx, { query }) => listAudit(ctx, query),
});

export const getAuditVerified = door({
  method: 'GET',
  path: '/api/v1/audit/verify',
  right: 'audit.read',
  tag: 'Audit',
  summary: 'Compute the chain of all entries again and say whether it is whole.',
  answer: z.object({
    isWhole: z.boolean(),
    entries: z.number(),
    waiting: z.number(),
    head: z.object({ sequence: z.number(), hash: z.string() }).nullable(),
    broken: z.object({ sequence: z.number(), id: z.string(), why: z.string() }).nullable(),
  }),
  run: (ctx) => verifyAudit(ctx),
});
