import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { requireVersion } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { memberFrom, readMember } from './reads';
import { requireMember } from './require';
import type { Member, MemberChange } from './schema';

/** Holds all active admins, in the order of their ids, so that two cannot leave at the same moment. @throws Fault member.last_admin */
async function requireAnotherAdmin(ctx: Context, leaving: string): Promise<void> {
  const admins = await ctx.tx.query<{ id: string }>(
    `SELECT id FROM member WHERE org_id = $1 AND role = 'admin' AND joined_at IS NOT NULL AND ended_at IS NULL ORDER BY id FOR UPDATE`,
    [ctx.orgId],
  );
  if (admins.every((each) => each.id === leaving))
    throw new Fault('member.last_admin', 'This is the last admin: make someone else an admin first.');
}

/**
 * Changes a member's role, duties, deputy or absence; it counts from their next request on.
 * @throws Fault member.not_found · member.ended · member.last_admin · etag.mismatch · member.unknown · member.own_deputy · member.back_already
 */
export async function changeMember(ctx: Context, id: string, change: MemberChange, ifMatch: number | null): Promise<Member> {
  const looked = await readMember(ctx, id);
  if (looked.role === 'admin' && change.role !== undefined && change.role !== 'admin' && looked.joined_at !== null)
    await requireAnotherAdmin(ctx, id);
  const before = await readMember(ctx, id, true);
  requireVersion(before.version, ifMatch);
  if (before.ended_at !== null) throw new Fault('member.ended', 'This member has left: invite them again.');
  const deputyId = change.deputyId === undefined ? before.deputy_id : change.deputyId;
  const awayUntil = change.awayUntil === undefined ? before.away_until : change.awayUntil;
  if (deputyId === id) throw faulty('member.own_deputy', '/deputyId', 'Nobody stands in for themselves: choose another member.');
  await requireMember(ctx, deputyId, '/deputyId');
  if (change.awayUntil && change.awayUntil <= ctx.now)
    throw faulty('member.back_already', '/awayUntil', 'This time is over. Say when you will be back, or leave it empty.');
  await ctx.tx.query(
    'UPDATE member SET role = $3, duties = $4, deputy_id = $5, away_until = $6, version = version + 1 WHERE org_id = $1 AND id = $2',
    [ctx.orgId, id, change.role ?? before.role, change.duties ?? before.duties, deputyId, awayUntil === null ? null : toIso(awayUntil)],
  );
  const after = await readMember(ctx, id);
  const said = ({ role, duties, deputy_id, away_until }: typeof after) => ({
    ...{ role, duties, deputyId: deputy_id, awayUntil: away_until === null ? null : toIso(away_until) },
  });
  await tell(ctx, 'member.changed', { kind: 'member', id });
  await audit(ctx, 'member.changed', { kind: 'member', id }, said(before), said(after));
  return memberFrom(after);
}

const faulty = (code: string, pointer: string, detail: string): Fault => new Fault(code, detail, { errors: [{ pointer, code, detail }] });

/** Ends a membership and its sessions. Twice is the same. @throws Fault member.not_found · member.last_admin */
export async function endMember(ctx: Context, id: string): Promise<Member> {
  const looked = await readMember(ctx, id);
  if (looked.role === 'admin' && looked.joined_at !== null && looked.ended_at === null) await requireAnotherAdmin(ctx, id);
  const before = await readMember(ctx, id, true);
  if (before.ended_at !== null) return memberFrom(before);
  await ctx.tx.query(
    `UPDATE member SET ended_at = $3, join_token_hash = NULL, join_expires_at = NULL, version = version + 1 WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, id, toIso(ctx.now)],
  );
  await ctx.tx.query('UPDATE session SET ended_at = $3 WHERE org_id = $1 AND person_id = $2 AND ended_at IS NULL', [
    ctx.orgId,
    before.person_id,
    toIso(ctx.now),
  ]);
  await tell(ctx, 'member.ended', { kind: 'member', id });
  await audit(ctx, 'member.ended', { kind: 'member', id }, { role: before.role, duties: before.duties }, null);
  return memberFrom(await readMember(ctx, id));
}
