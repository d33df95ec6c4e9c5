import { audit } from '@/lib/audit/write';
import type { Actor, Context } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { findOrMakePerson } from './member/person';

/** A new organisation and its first admin. */
export type NewOrganisation = {
  name: string;
  zone: string;
  weekStart: number;
  fiscalYearStart: number;
  currency: string;
  admin: { email: string; name: string; passwordHash: string | null };
};

/**
 * Makes an organisation and its first admin, who is the one that acts in the context handed back: whatever else is made with
 * it (its standing budgets, a first key) is written as theirs.
 */
export async function makeOrganisation(tx: Tx, input: NewOrganisation, now: Instant, requestId: string): Promise<Context> {
  const orgId = makeId('org', now);
  const memberId = makeId('mem', now);
  const at = toIso(now);
  await tx.query(
    `INSERT INTO organisation (id, name, zone, week_start, fiscal_year_start, currency, label_tags, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, '{}', $7)`,
    [orgId, input.name, input.zone, input.weekStart, input.fiscalYearStart, input.currency, at],
  );
  const person = await findOrMakePerson(tx, input.admin, now);
  if (person.passwordHash === null)
    await tx.query('UPDATE person SET password_hash = $2 WHERE id = $1', [person.id, input.admin.passwordHash]);
  await tx.query(
    `INSERT INTO member (org_id, id, person_id, role, duties, joined_at, created_at) VALUES ($1, $2, $3, 'admin', '{budget_owner,escalation_owner}', $4, $4)`,
    [orgId, memberId, person.id, at],
  );
  const actor: Actor = {
    kind: 'member',
    id: memberId,
    personId: person.id,
    name: person.name,
    role: 'admin',
    duties: ['budget_owner', 'escalation_owner'],
  };
  const ctx: Context = { actor, orgId, requestId, now, tx };
  const { admin, ...organisation } = input;
  await audit(ctx, 'organisation.created', { kind: 'organisation', id: orgId }, null, organisation);
  await audit(ctx, 'member.joined', { kind: 'member', id: memberId }, null, { email: admin.email, role: 'admin' });
  return ctx;
}
