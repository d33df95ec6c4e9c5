import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { requireVersion } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { requireMember } from '@/lib/org/member/require';
import { policyView, readPolicy } from './reads';
import type { Step } from './rules';
import type { PolicyChange, PolicyIn, PolicyOut } from './schema';

const MEMBER = 'member:';

/** Refuses steps that would tell nobody there is. @throws Fault member.unknown with the field */
async function refuseStrangers(ctx: Context, steps: Step[]): Promise<void> {
  for (const [i, { targets }] of steps.entries()) {
    for (const [j, each] of targets.entries())
      if (each.startsWith(MEMBER)) await requireMember(ctx, each.slice(MEMBER.length), `/steps/${i}/targets/${j}`);
  }
}

/** There is one default: whichever was it before is none any more. */
async function takeDefault(ctx: Context, id: string): Promise<void> {
  await ctx.tx.query(
    'UPDATE escalation_policy SET is_default = false, version = version + 1 WHERE org_id = $1 AND id <> $2 AND is_default',
    [ctx.orgId, id],
  );
}

/** Makes an escalation policy. @throws Fault member.unknown */
export async function makePolicy(ctx: Context, input: PolicyIn): Promise<PolicyOut> {
  await refuseStrangers(ctx, input.steps);
  const id = makeId('esc', ctx.now);
  if (input.isDefault) await takeDefault(ctx, id);
  await ctx.tx.query(
    `INSERT INTO escalation_policy (org_id, id, name, steps, repeats, acknowledge_expires_minutes, is_default, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[ctx.orgId, id, input.name, JSON.stringify(input.steps), input.repeats, input.acknowledgeExpiresMinutes, input.isDefault],
      ...[ctx.actor.id, toIso(ctx.now)],
    ],
  );
  await audit(ctx, 'escalation_policy.created', { kind: 'escalation_policy', id }, null, input);
  return policyView(await readPolicy(ctx, id));
}

/**
 * Changes a policy. Breaches that are open go on climbing as they began.
 * @throws Fault escalation_policy.not_found · escalation_policy.ended · etag.mismatch · member.unknown
 */
export async function changePolicy(ctx: Context, input: { id: string; ifMatch: number | null; change: PolicyChange }): Promise<PolicyOut> {
  const { id, change } = input;
  const before = await lockLive(ctx, id, input.ifMatch);
  if (change.steps) await refuseStrangers(ctx, change.steps);
  if (change.isDefault) await takeDefault(ctx, id);
  const after = { ...before, ...change };
  await ctx.tx.query(
    `UPDATE escalation_policy SET name = $3, steps = $4, repeats = $5, acknowledge_expires_minutes = $6, is_default = $7, version = version + 1
      WHERE org_id = $1 AND id = $2`,
    [...[ctx.orgId, id, after.name, JSON.stringify(after.steps), after.repeats, after.acknowledgeExpiresMinutes, after.isDefault]],
  );
  const was = Object.fromEntries(Object.keys(change).map((field) => [field, before[field as keyof PolicyChange]]));
  await audit(ctx, 'escalation_policy.changed', { kind: 'escalation_policy', id }, was, change);
  return policyView(await readPolicy(ctx, id));
}

/** Ends a policy; budgets that named it escalate by the default again. @throws Fault escalation_policy.not_found · escalation_policy.ended */
export async function endPolicy(ctx: Context, input: { id: string; ifMatch: number | null }): Promise<PolicyOut> {
  const { id } = input;
  const { name } = await lockLive(ctx, id, input.ifMatch);
  await ctx.tx.query(
    'UPDATE budget SET escalation_policy_id = NULL, version = version + 1 WHERE org_id = $1 AND escalation_policy_id = $2',
    [ctx.orgId, id],
  );
  await ctx.tx.query(
    'UPDATE escalation_policy SET ended_at = $3, is_default = false, version = version + 1 WHERE org_id = $1 AND id = $2',
    [ctx.orgId, id, toIso(ctx.now)],
  );
  await audit(ctx, 'escalation_policy.ended', { kind: 'escalation_policy', id }, { name }, null);
  return policyView(await readPolicy(ctx, id));
}

async function lockLive(ctx: Context, id: string, ifMatch: number | null) {
  const row = await readPolicy(ctx, id, true);
  requireVersion(row.version, ifMatch);
  if (row.endedAt !== null) throw new Fault('escalation_policy.ended', `"${row.name}" has ended. Make another policy.`);
  return row;
}
