import { decode, encode } from 'next-auth/jwt';
import { clockSql, readClock } from '@/lib/clock';
import type { Actor, Duty, Role } from '@/lib/context';
import { reader } from '@/lib/db';
import { env, nextAuthVariables, publicUrl } from '@/lib/env';
import type { Instant } from '@/lib/kernel/instant';

/** How long a person stays signed in without signing in again. */
export const SESSION_DAYS = 14;
export const SESSION_SECONDS = SESSION_DAYS * 86_400;

/** A person who is signed in, in the organisation of their session. */
export type SignedIn = { sessionId: string; orgId: string; actor: Extract<Actor, { kind: 'member' }> };

/** The session cookie's name: with the prefix that browsers only accept over https where we are reached by it. */
export const sessionCookieName = (): string =>
  publicUrl().startsWith('https:') ? '__Secure-next-auth.session-token' : 'next-auth.session-token';

/** Seals a session's id as the cookie's value, as next-auth does. */
export const sealSession = (sessionId: string): Promise<string> =>
  encode({ token: { sid: sessionId }, secret: nextAuthVariables(env()).NEXTAUTH_SECRET, maxAge: SESSION_SECONDS });

function cookieNamed(cookies: string, name: string): string | null {
  for (const each of cookies.split(';')) {
    const at = each.indexOf('=');
    if (at > 0 && each.slice(0, at).trim() === name) return each.slice(at + 1).trim();
  }
  return null;
}

/** The session's id sealed in a `Cookie` header; null when there is none, or it was not sealed by us. */
export async function sealedSession(cookies: string | null): Promise<string | null> {
  const token = cookies === null ? null : cookieNamed(cookies, sessionCookieName());
  if (token === null) return null;
  const opened = await decode({ token, secret: nextAuthVariables(env()).NEXTAUTH_SECRET }).catch(() => null);
  return typeof opened?.sid === 'string' ? opened.sid : null;
}

type Row = {
  org_id: string;
  expires_at: Instant;
  now: Instant | null;
  person_id: string;
  member_id: string;
  name: string;
  role: Role;
  duties: Duty[];
};

/**
 * Who is signed in, read from the rows for every request: a session that was ended, a member who left and a role that changed
 * count at once. Null when nobody is.
 */
export async function signedIn(cookies: string | null): Promise<SignedIn | null> {
  const sessionId = await sealedSession(cookies);
  if (sessionId === null) return null;
  const tx = reader();
  const [row] = await tx.query<Row>(
    `SELECT s.org_id, s.expires_at, ${clockSql() ?? 'NULL::timestamptz'} AS now, p.id AS person_id, m.id AS member_id, p.name, m.role, m.duties
       FROM session s JOIN person p ON p.id = s.person_id
       JOIN member m ON m.org_id = s.org_id AND m.person_id = s.person_id
      WHERE s.id = $1 AND s.ended_at IS NULL AND m.ended_at IS NULL AND m.joined_at IS NOT NULL`,
    [sessionId],
    'session_by_id',
  );
  if (!row || row.expires_at <= (row.now ?? (await readClock(tx)))) return null;
  const actor = {
    kind: 'member' as const,
    id: row.member_id,
    personId: row.person_id,
    name: row.name,
    role: row.role,
    duties: row.duties,
  };
  return { sessionId, orgId: row.org_id, actor };
}
