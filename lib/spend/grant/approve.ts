import { audit } from '@/lib/audit/write';
import { requireBudgetRight } from '@/lib/auth/rights';
import { isCurrent, lockCurrent, noteLimit } from '@/lib/budget/current';
import { grantView, readGrant } from '@/lib/budget/grant/reads';
import type { GrantOut } from '@/lib/budget/grant/schema';
import { reserveLeft } from '@/lib/budget/grant/use';
import { writeMeters } from '@/lib/budget/meter';
import { freshBudgetSet, lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { formatMoney } from '@/lib/kernel/format-money';
import { toIso } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import { tellAsker } from './told';

/**
 * Opens a grant that somebody else asked for: from the commit on, calls of its scope may spend out of the reserve. A stop stays
 * until it is lifted; the grant is the room that lifting needs.
 * @throws Fault grant.not_found · grant.not_asked · grant.own · grant.needs_person · grant.expired · grant.over_reserve · budget.not_yours
 */
export async function approveGrant(ctx: Context, id: string): Promise<GrantOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const grant = await readGrant(ctx, id);
  if (ctx.actor.kind !== 'member')
    throw new Fault('grant.needs_person', 'A grant is approved by a person who has signed in, not by a key.');
  requireBudgetRight(ctx.actor, 'grant.approve', grant.budgetOwnerId);
  if (ctx.actor.id === grant.askedPerson)
    throw new Fault('grant.own', 'You asked for this grant, so somebody else approves it: the budget owner, an analyst or an admin.');
  if (grant.state !== 'asked') throw new Fault('grant.not_asked', `This grant is ${grant.state} already.`);
  const set = await freshBudgetSet(ctx.tx, ctx.orgId);
  const budget = set.budgets.find((each) => each.id === grant.budgetId);
  const m = budget && (await lockCurrent(ctx, set, budget)).find((each) => each.id === grant.periodId && isCurrent(each, ctx.now));
  if (!m || grant.expiresAt <= ctx.now) throw new Fault('grant.expired', 'This grant has expired, or its period is over. Ask for another.');
  const left = reserveLeft(m, m.grants);
  if (grant.amountNano > left)
    throw new Fault('grant.over_reserve', `The reserve has ${formatMoney(left)} left by now. Ask for a smaller grant, or end an open one.`);
  await ctx.tx.query('UPDATE budget_period SET grants = grants + 1 WHERE org_id = $1 AND id = $2', [ctx.orgId, m.id]);
  m.granted = nanoUsd(m.granted + grant.amountNano);
  m.changed = true;
  await writeMeters(ctx, [m]);
  await ctx.tx.query(
    `UPDATE budget_grant SET state = 'open', approved_at = $3, approved_by = $4, version = version + 1 WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, id, toIso(ctx.now), ctx.actor.id],
  );
  await noteLimit(ctx, m);
  await audit(ctx, 'grant.approved', { kind: 'grant', id }, null, { budgetId: grant.budgetId, amountNanoUsd: String(grant.amountNano) });
  await tell(ctx, 'grant.approved', { kind: 'grant', id, budgetId: grant.budgetId });
  const opened = await readGrant(ctx, id);
  await tellAsker(ctx, opened);
  return grantView(opened);
}
