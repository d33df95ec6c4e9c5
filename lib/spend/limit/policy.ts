import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';

/** A budget may name an escalation policy of its organisation. @throws Fault escalation_policy.unknown */
export async function requirePolicy(ctx: Context, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined) return;
  const found = await ctx.tx.query('SELECT FROM escalation_policy WHERE org_id = $1 AND id = $2 AND ended_at IS NULL', [ctx.orgId, id]);
  if (found.length > 0) return;
  const detail = 'There is no such escalation policy in this organisation. Leave it out for the default, or choose one of Settings.';
  throw new Fault('escalation_policy.unknown', detail, {
    errors: [{ pointer: '/escalationPolicyId', code: 'escalation_policy.unknown', detail }],
  });
}
