import { audit } from '@/lib/audit/write';
import { isSpent } from '@/lib/budget/admission';
import { isCurrent, noteLimit } from '@/lib/budget/current';
import { above } from '@/lib/budget/figures';
import { type GrantRow, grantView, readGrant } from '@/lib/budget/grant/reads';
import { mayEndGrant } from '@/lib/budget/grant/rights';
import type { GrantOut } from '@/lib/budget/grant/schema';
import { spentOf } from '@/lib/budget/grant/use';
import { lockMeters, noteExcess, writeMeters } from '@/lib/budget/meter';
import { lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import { crossLevels } from '@/lib/spend/cross';
import { raiseStop } from '@/lib/stop/raise';
import { tellAsker } from './told';

/**
 * Ends an open grant, or declines one that was asked for. What was granted becomes what was spent of it; money still set aside from it
 * is an excess of the grant's end, and settles as spent of it. A budget whose money is spent without the grant is stopped.
 * @throws Fault grant.not_found · grant.ended · budget.not_yours
 */
export async function endGrant(ctx: Context, input: { id: string; reason: string }): Promise<GrantOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const grant = await readGrant(ctx, input.id);
  requireMayEnd(ctx, grant.budgetOwnerId);
  if (grant.state === 'ended') throw new Fault('grant.ended', `This grant has ended already: ${grant.endedWhy}`);
  await closeGrant(ctx, grant, input.reason);
  return grantView(await readGrant(ctx, input.id));
}

function requireMayEnd({ actor }: Context, ownerId: string | null): void {
  if (mayEndGrant(actor, ownerId)) return;
  throw new Fault('budget.not_yours', "Only this budget's owner, an escalation owner, or someone whose role allows it may end a grant.");
}

/** Ends grants whose time is over: those that were open, and those that nobody approved. @returns how many */
export async function endExpiredGrants(ctx: Context): Promise<number> {
  const due = await ctx.tx.query<{ id: string }>(
    `SELECT id FROM budget_grant WHERE org_id = $1 AND state <> 'ended' AND expires_at <= $2 ORDER BY id`,
    [ctx.orgId, toIso(ctx.now)],
  );
  if (due.length === 0) return 0;
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  for (const { id } of due) {
    const grant = await readGrant(ctx, id);
    if (grant.state !== 'ended') await closeGrant(ctx, grant, grant.state === 'open' ? 'Its time is over.' : 'Nobody approved it in time.');
  }
  return due.length;
}

/** With the budget set held alone. */
async function closeGrant(ctx: Context, grant: GrantRow, why: string): Promise<void> {
  await ctx.tx.query(
    `UPDATE budget_grant SET state = 'ended', ended_at = $3, ended_by = $4, ended_why = $5, version = version + 1 WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, grant.id, toIso(ctx.now), ctx.actor.id, why],
  );
  if (grant.state === 'open') await takeBack(ctx, grant);
  await audit(
    ctx,
    'grant.ended',
    { kind: 'grant', id: grant.id },
    { state: grant.state },
    { why, spentNanoUsd: grantView(grant).spentNanoUsd },
  );
  await tell(ctx, 'grant.ended', { kind: 'grant', id: grant.id, budgetId: grant.budgetId });
  await tellAsker(ctx, await readGrant(ctx, grant.id));
}

async function takeBack(ctx: Context, grant: GrantRow): Promise<void> {
  const m = (await lockMeters(ctx.tx, ctx.orgId, [grant.periodId])).get(grant.periodId);
  const use = m?.grants.find((each) => each.id === grant.id);
  if (!m || !use) throw new Error(`grant ${grant.id} has no period`);
  const before = above(m);
  m.granted = nanoUsd(m.granted - use.amount + spentOf(use));
  m.changed = true;
  noteExcess(m, before, 'grant_ended');
  await noteLimit(ctx, m);
  const isActive =
    (await ctx.tx.query('SELECT FROM budget WHERE org_id = $1 AND id = $2 AND ended_at IS NULL', [ctx.orgId, m.budgetId])).length > 0;
  if (isActive && isCurrent(m, ctx.now) && m.stopId === null && isSpent(m)) await raiseStop(ctx, m, 'grant_ended');
  await crossLevels(ctx, [m]);
  await writeMeters(ctx, [m]);
}
