import { audit } from '@/lib/audit/write';
import type { Actor, Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { organisationsOf } from './reads';

/**
 * Moves a session into another organisation of the same person: from the next request on they work there.
 * @param sessionId the session of whoever asks
 * @throws Fault organisation.not_found when they are no member of it (or there is none)
 */
export async function switchOrganisation(ctx: Context, sessionId: string, organisationId: string): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'member') throw new Fault('organisation.not_found', 'Only people have a session: a key belongs to one organisation.');
  const [there] = (await organisationsOf(ctx, actor.personId)).filter((each) => each.id === organisationId);
  if (!there) throw new Fault('organisation.not_found', 'There is no such organisation, or you are not a member of it.');
  await ctx.tx.query('UPDATE session SET org_id = $3 WHERE id = $1 AND person_id = $2 AND ended_at IS NULL', [
    sessionId,
    actor.personId,
    organisationId,
  ]);
  await enterAs(ctx, actor, organisationId);
}

/** Says in the log of the organisation that is entered, as the member they are there, that a session began. */
async function enterAs(ctx: Context, actor: Extract<Actor, { kind: 'member' }>, orgId: string): Promise<void> {
  const [member] = await ctx.tx.query<Pick<typeof actor, 'id' | 'role' | 'duties'>>(
    'SELECT id, role, duties FROM member WHERE org_id = $1 AND person_id = $2',
    [orgId, actor.personId],
  );
  if (!member) return;
  await audit({ ...ctx, orgId, actor: { ...actor, ...member } }, 'session.started', { kind: 'member', id: member.id }, null, null);
}
