import { hashOfSecret } from '@/lib/auth/secrets';
import { readClock } from '@/lib/clock';
import type { Context, Duty, Role } from '@/lib/context';
import { reader } from '@/lib/db';
import { etagOf } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type Page, type PageQuery, page, placeOf } from '@/lib/kernel/pages';
import type { Member } from './schema';

export type MemberRow = {
  id: string;
  person_id: string;
  email: string;
  name: string;
  role: Role;
  duties: Duty[];
  joined_at: Instant | null;
  ended_at: Instant | null;
  deputy_id: string | null;
  away_until: Instant | null;
  created_at: Instant;
  version: number;
};

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));

/** A member as the API shows one. */
export const memberFrom = (row: MemberRow): Member => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  duties: row.duties,
  state: row.ended_at !== null ? 'ended' : row.joined_at === null ? 'invited' : 'active',
  joinedAt: isoOrNull(row.joined_at),
  endedAt: isoOrNull(row.ended_at),
  deputyId: row.deputy_id,
  awayUntil: isoOrNull(row.away_until),
  createdAt: toIso(row.created_at),
  etag: etagOf(row.version),
});

const SELECT = `SELECT m.id, m.person_id, p.email, p.name, m.role, m.duties, m.joined_at, m.ended_at, m.deputy_id, m.away_until, m.created_at, m.version
  FROM member m JOIN person p ON p.id = m.person_id`;

/** One member. @param lock keeps the row from changing until the transaction ends · @throws Fault member.not_found */
export async function readMember(ctx: Context, id: string, lock = false): Promise<MemberRow> {
  const [row] = await ctx.tx.query<MemberRow>(`${SELECT} WHERE m.org_id = $1 AND m.id = $2 ${lock ? 'FOR UPDATE OF m' : ''}`, [
    ctx.orgId,
    id,
  ]);
  if (!row) throw new Fault('member.not_found', 'There is no such member.');
  return row;
}

/** Members, newest first. @param state only those invited, active or ended */
export async function listMembers(ctx: Context, query: PageQuery & { state?: Member['state'] | undefined }): Promise<Page<Member>> {
  const place = placeOf(query.cursor, 1);
  const rows = await ctx.tx.query<MemberRow>(
    `${SELECT} WHERE m.org_id = $1 AND ($2::text IS NULL OR m.id < $2)
        AND ($3::text IS NULL OR $3 = CASE WHEN m.ended_at IS NOT NULL THEN 'ended' WHEN m.joined_at IS NULL THEN 'invited' ELSE 'active' END)
      ORDER BY m.id DESC LIMIT $4`,
    [ctx.orgId, place?.[0] ?? null, query.state ?? null, query.limit + 1],
  );
  return page(rows, query.limit, memberFrom, (row) => [row.id]);
}

/** Who a join link is for, to greet them; null when it is unknown, used or too old. */
export async function invitationOf(
  token: string,
): Promise<{ email: string; name: string; organisation: string; hasPassword: boolean } | null> {
  const tx = reader();
  const [row] = await tx.query<{ email: string; name: string; organisation: string; has_password: boolean }>(
    `SELECT p.email, p.name, o.name AS organisation, p.password_hash IS NOT NULL AS has_password
       FROM member m JOIN person p ON p.id = m.person_id JOIN organisation o ON o.id = m.org_id
      WHERE m.join_token_hash = $1 AND m.join_expires_at > $2 AND m.ended_at IS NULL`,
    [hashOfSecret(token), toIso(await readClock(tx))],
  );
  return row ? { email: row.email, name: row.name, organisation: row.organisation, hasPassword: row.has_password } : null;
}
