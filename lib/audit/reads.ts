import { z } from 'zod';
import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type Page, type PageQuery, page, placeOf } from '@/lib/kernel/pages';

export const auditEntryOut = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.object({ kind: z.enum(['member', 'api_key', 'system']), id: z.string(), name: z.string() }),
  action: z.string().describe('noun.verb, such as budget.created'),
  subject: z.object({ kind: z.string(), id: z.string() }),
  before: z.unknown(),
  after: z.unknown(),
  requestId: z.string().nullable(),
  sequence: z.number().nullable().describe('Its place in the chain; null for the moment before it has one.'),
  hash: z.string().nullable(),
  createdAt: z.string(),
  etag: z.string(),
});
export type AuditEntry = z.output<typeof auditEntryOut>;

export type AuditFilter = {
  action?: string | undefined;
  actorId?: string | undefined;
  subjectKind?: string | undefined;
  subjectId?: string | undefined;
  /** From this moment on, until before that one. */
  from?: Instant | undefined;
  to?: Instant | undefined;
};

type Row = {
  id: string;
  at: Instant;
  actor_kind: AuditEntry['actor']['kind'];
  actor_id: string;
  actor_name: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  before: unknown;
  after: unknown;
  request_id: string | null;
  sequence: bigint | null;
  hash: Buffer | null;
};

const entryFrom = (row: Row): AuditEntry => ({
  id: row.id,
  at: toIso(row.at),
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  action: row.action,
  subject: { kind: row.subject_kind, id: row.subject_id },
  before: row.before,
  after: row.after,
  requestId: row.request_id,
  sequence: row.sequence === null ? null : Number(row.sequence),
  hash: row.hash?.toString('hex') ?? null,
  createdAt: toIso(row.at),
  // An entry never changes: there is one version of it.
  etag: '"1"',
});

const isoOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : toIso(at));

/** Who changed what, newest first. `action` may end in `.` for all of a noun's. */
export async function listAudit(ctx: Context, query: PageQuery & AuditFilter): Promise<Page<AuditEntry>> {
  const place = placeOf(query.cursor, 1);
  const rows = await ctx.tx.query<Row>(
    `SELECT id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after, request_id, sequence, hash
       FROM audit_entry
      WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) AND ($3::text IS NULL OR action = $3 OR (right($3, 1) = '.' AND starts_with(action, $3)))
        AND ($4::text IS NULL OR actor_id = $4) AND ($5::text IS NULL OR subject_kind = $5) AND ($6::text IS NULL OR subject_id = $6)
        AND ($7::timestamptz IS NULL OR at >= $7) AND ($8::timestamptz IS NULL OR at < $8)
      ORDER BY id DESC LIMIT $9`,
    [
      ...[ctx.orgId, place?.[0] ?? null, query.action ?? null, query.actorId ?? null, query.subjectKind ?? null, query.subjectId ?? null],
      ...[isoOrNull(query.from), isoOrNull(query.to), query.limit + 1],
    ],
  );
  return page(rows, query.limit, entryFrom, (row) => [row.id]);
}
