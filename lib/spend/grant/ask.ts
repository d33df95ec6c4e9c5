import { audit } from '@/lib/audit/write';
import { isCurrent, lockCurrent } from '@/lib/budget/current';
import { grantView, readGrant } from '@/lib/budget/grant/reads';
import { mayAskForGrant } from '@/lib/budget/grant/rights';
import type { GrantIn, GrantOut } from '@/lib/budget/grant/schema';
import { reserveLeft } from '@/lib/budget/grant/use';
import { amountInNano } from '@/lib/budget/make-period';
import { readBudgetRow } from '@/lib/budget/read/budgets';
import { freshBudgetSet, lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { formatMoney } from '@/lib/kernel/format-money';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, parseInstant, toIso } from '@/lib/kernel/instant';
import { tellApprovers } from './told';

/**
 * Asks for a grant: permission for calls of a scope to spend out of the running period's reserve. It opens when a second person
 * approves it, and ends with the period at the latest.
 * @throws Fault budget.not_found · budget.ended · budget.observes · budget.no_period · grant.over_reserve · grant.expired · budget.not_yours
 */
export async function askForGrant(ctx: Context, input: { budgetId: string } & GrantIn): Promise<GrantOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const row = await readBudgetRow(ctx.tx, ctx.orgId, input.budgetId);
  requireMayAsk(ctx, row.ownerId);
  if (row.endedAt !== null) throw new Fault('budget.ended', `"${row.name}" has ended: it has no reserve any more.`);
  if (!row.enforcing) throw new Fault('budget.observes', `"${row.name}" observes and refuses nothing: nobody needs a grant there.`);
  const set = await freshBudgetSet(ctx.tx, ctx.orgId);
  const budget = set.budgets.find((each) => each.id === row.id);
  const m = budget && (await lockCurrent(ctx, set, budget)).find((each) => isCurrent(each, ctx.now));
  if (!m) throw new Fault('budget.no_period', `"${row.name}" does not run now. Ask between its dates.`);
  const amount = amountInNano(input.amount, m.rateNano);
  const left = reserveLeft(m, m.grants);
  if (amount <= 0n) throw faulty('grant.nothing', '/amount', 'A grant is of more than nothing.');
  if (amount > left) {
    const detail = `The reserve has ${formatMoney(left)} left: it lies between the stop level and the amount. Ask for no more, or raise the amount.`;
    throw faulty('grant.over_reserve', '/amount', detail);
  }
  const expiresAt = parseInstant(input.expiresAt) as Instant;
  if (expiresAt <= ctx.now) throw faulty('grant.expired', '/expiresAt', 'This time is over. A grant ends later than now.');
  const id = makeId('gra', ctx.now);
  await ctx.tx.query(
    `INSERT INTO budget_grant (org_id, id, budget_id, period_id, amount, amount_nano, scope, reason, state, asked_at, asked_by, asked_person, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'asked', $9, $10, $11, $12)`,
    [
      ...[
        ctx.orgId,
        id,
        row.id,
        m.id,
        input.amount,
        amount,
        { ...input.scope, tags: input.scope.tags ?? {} },
        input.reason,
        toIso(ctx.now),
      ],
      ...[ctx.actor.id, await personBehind(ctx), toIso(Math.min(expiresAt, m.endsAt) as Instant)],
    ],
  );
  await audit(ctx, 'grant.asked', { kind: 'grant', id }, null, { ...input, amountNanoUsd: String(amount) });
  await tell(ctx, 'grant.asked', { kind: 'grant', id, budgetId: row.id });
  const grant = await readGrant(ctx, id);
  await tellApprovers(ctx, grant);
  return grantView(grant);
}

const faulty = (code: string, pointer: string, detail: string): Fault => new Fault(code, detail, { errors: [{ pointer, code, detail }] });

/** An escalation owner may ask for any budget, a budget's owner for their own; and whoever's role allows it. */
function requireMayAsk({ actor }: Context, ownerId: string | null): void {
  if (mayAskForGrant(actor, ownerId)) return;
  throw new Fault(
    'budget.not_yours',
    "Only this budget's owner, an escalation owner, or someone whose role allows it may ask for a grant.",
  );
}

/** Who stands behind what a key asks for: whoever made the key. */
async function personBehind(ctx: Context): Promise<string> {
  if (ctx.actor.kind !== 'api_key') return ctx.actor.id;
  const [key] = await ctx.tx.query<{ by: string }>('SELECT created_by AS by FROM api_key WHERE org_id = $1 AND id = $2', [
    ctx.orgId,
    ctx.actor.id,
  ]);
  return key?.by ?? ctx.actor.id;
}
