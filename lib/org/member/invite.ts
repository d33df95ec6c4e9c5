import { audit } from '@/lib/audit/write';
import { hashOfSecret, makeToken } from '@/lib/auth/secrets';
import type { Context } from '@/lib/context';
import { publicUrl } from '@/lib/env';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { days, plus, toIso } from '@/lib/kernel/instant';
import { findOrMakePerson } from './person';
import { memberFrom, readMember } from './reads';
import type { Member, MemberIn } from './schema';

const LINK_DAYS = 7;

/**
 * Invites a person. Someone who has not come yet, or has left, gets a new link and the role given now; the link before stops working.
 * @returns the member and the link, which is shown this once · @throws Fault member.taken when they are a member already
 */
export async function inviteMember(ctx: Context, input: MemberIn): Promise<Member & { joinUrl: string }> {
  const person = await findOrMakePerson(ctx.tx, input, ctx.now);
  const [known] = await ctx.tx.query<{ id: string; active: boolean }>(
    'SELECT id, joined_at IS NOT NULL AND ended_at IS NULL AS active FROM member WHERE org_id = $1 AND person_id = $2 FOR UPDATE',
    [ctx.orgId, person.id],
  );
  if (known?.active) throw new Fault('member.taken', `${input.email} is a member already: change their role instead.`);
  const token = makeToken();
  const id = known?.id ?? makeId('mem', ctx.now);
  await ctx.tx.query(
    `INSERT INTO member (org_id, id, person_id, role, duties, join_token_hash, join_expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (org_id, id) DO UPDATE SET role = excluded.role, duties = excluded.duties, join_token_hash = excluded.join_token_hash,
       join_expires_at = excluded.join_expires_at, joined_at = NULL, ended_at = NULL, version = member.version + 1`,
    [ctx.orgId, id, person.id, input.role, input.duties, hashOfSecret(token), toIso(plus(ctx.now, days(LINK_DAYS))), toIso(ctx.now)],
  );
  const member = memberFrom(await readMember(ctx, id));
  await audit(ctx, 'member.invited', { kind: 'member', id }, null, { email: input.email, role: input.role, duties: input.duties });
  return { ...member, joinUrl: `${publicUrl()}/join/${token}` };
}
