import { audit } from '@/lib/audit/write';
import { hashPassword, isPassword } from '@/lib/auth/password';
import { hashOfSecret } from '@/lib/auth/secrets';
import type { Actor, Context, Duty, Role } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { memberFrom, readMember } from './reads';
import type { JoinIn, Member } from './schema';

type Row = { org_id: string; id: string; person_id: string; password_hash: string | null; role: Role; duties: Duty[] };

/**
 * Takes up an invitation. Who is new here chooses a password. Who has one already (from another organisation) must give it:
 * whoever made the link has seen it, and must not come into someone's account by it.
 * @throws Fault join.not_found (unknown, used or too old) · join.wrong_password
 */
export async function joinOrganisation(ctx: Context, input: JoinIn): Promise<Member> {
  const [row] = await ctx.tx.query<Row>(
    `SELECT m.org_id, m.id, m.person_id, p.password_hash, m.role, m.duties FROM member m JOIN person p ON p.id = m.person_id
      WHERE m.join_token_hash = $1 AND m.join_expires_at > $2 AND m.ended_at IS NULL FOR UPDATE`,
    [hashOfSecret(input.token), toIso(ctx.now)],
  );
  if (!row) throw new Fault('join.not_found', 'This link has been used or is too old. Ask an admin for a new one.');
  if (row.password_hash === null) await choosePassword(ctx, row.person_id, input);
  else if (!(await isPassword(row.password_hash, input.password)))
    throw new Fault('join.wrong_password', 'You have an account already: give its password to join.', {
      errors: [{ pointer: '/password', code: 'field.invalid', detail: 'This is not the password of your account.' }],
    });
  await ctx.tx.query(
    `UPDATE member SET joined_at = $3, join_token_hash = NULL, join_expires_at = NULL, version = version + 1 WHERE org_id = $1 AND id = $2`,
    [row.org_id, row.id, toIso(ctx.now)],
  );
  const actor: Actor = { kind: 'member', id: row.id, personId: row.person_id, name: input.name, role: row.role, duties: row.duties };
  const theirs: Context = { ...ctx, actor, orgId: row.org_id };
  await audit(theirs, 'member.joined', { kind: 'member', id: row.id }, null, { role: row.role, duties: row.duties });
  return memberFrom(await readMember(theirs, row.id));
}

async function choosePassword(ctx: Context, personId: string, input: JoinIn): Promise<void> {
  const hash = await hashPassword(input.password);
  await ctx.tx.query('UPDATE person SET name = $2, password_hash = $3 WHERE id = $1', [personId, input.name, hash]);
}
