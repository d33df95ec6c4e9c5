import type { Context, Duty } from '@/lib/context';

/** A member who can be told. */
export type Reachable = { id: string; name: string };

const SELECT = `SELECT m.id, p.name FROM member m JOIN person p ON p.id = m.person_id
  WHERE m.org_id = $1 AND m.joined_at IS NOT NULL AND m.ended_at IS NULL`;

/** The members who have a duty, in the order in which they joined. */
export const membersWith = (ctx: Context, duty: Duty): Promise<Reachable[]> =>
  ctx.tx.query<Reachable>(`${SELECT} AND $2 = ANY(m.duties) ORDER BY m.id`, [ctx.orgId, duty]);

/** The organisation's admins: there is always one. */
export const admins = (ctx: Context): Promise<Reachable[]> =>
  ctx.tx.query<Reachable>(`${SELECT} AND m.role = 'admin' ORDER BY m.id`, [ctx.orgId]);
