import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';

/** Refuses an owner who is no member of this organisation. Null is nobody, and fine. @throws Fault member.unknown */
export async function requireMember(ctx: Context, memberId: string | null, pointer = '/ownerId'): Promise<void> {
  if (memberId === null) return;
  const found = await ctx.tx.query('SELECT FROM member WHERE org_id = $1 AND id = $2 AND ended_at IS NULL', [ctx.orgId, memberId]);
  const detail = 'There is no such member in this organisation. Choose one of Settings, Members.';
  if (found.length === 0) throw new Fault('member.unknown', detail, { errors: [{ pointer, code: 'member.unknown', detail }] });
}
