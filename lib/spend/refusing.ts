import { openBreach } from '@/lib/breach/open';
import { lockMeters, type Meter } from '@/lib/budget/meter';
import { readBudgetRow } from '@/lib/budget/read/budgets';
import { lockBudgetSet } from '@/lib/budget/set';
import { readThresholds } from '@/lib/budget/threshold/rows';
import type { Context } from '@/lib/context';
import { minus, minutes, toIso } from '@/lib/kernel/instant';
import { openPlan } from '@/lib/recovery/open';
import { figuresOf } from '@/lib/stop/raise';
import { isCritical } from '@/lib/workload/adopt';

/** A budget that lets nothing pass for so long… */
const FOR = minutes(15);
/** …while it refuses this many calls, is a breach without a stop. */
const CALLS = 10;

/** Enforcing budgets that refused enough and let nothing pass since $2, have no stop that says so, and no breach yet. */
const SILENT = `SELECT p.id FROM budget_period p JOIN budget b ON b.org_id = p.org_id AND b.id = p.budget_id
  WHERE p.org_id = $1 AND p.starts_at <= $3 AND p.ends_at > $3 AND p.enforcing AND NOT p.stage AND p.stop_id IS NULL AND b.ended_at IS NULL
    AND ${CALLS} <= (SELECT sum(r.calls) FROM refusal r WHERE r.org_id = b.org_id AND r.budget_id = b.id AND NOT r.observed AND r.minute >= $2)
    AND NOT EXISTS (SELECT FROM breach x WHERE x.org_id = b.org_id AND x.budget_id = b.id AND x.closed_at IS NULL)
    AND NOT EXISTS (SELECT FROM hold h WHERE h.org_id = b.org_id AND h.expires_at > $2 AND h.authorised_at > $2 AND p.id = ANY(h.period_ids))`;

/**
 * Opens the breach of every budget of an organisation that lets nothing pass though nothing has stopped it: calls too large for what
 * is left, a key that holds too much, no price. @returns how many
 */
export async function breachSilentRefusals(ctx: Context): Promise<number> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'shared');
  const silent = await ctx.tx.query<{ id: string }>(SILENT, [ctx.orgId, toIso(minus(ctx.now, FOR)), toIso(ctx.now)]);
  const meters = await lockMeters(
    ctx.tx,
    ctx.orgId,
    silent.map((each) => each.id),
  );
  // One that was stopped meanwhile has its breach from its stop.
  const open = [...meters.values()].filter((m) => m.stopId === null);
  for (const m of open) await openOne(ctx, m);
  return open.length;
}

async function openOne(ctx: Context, m: Meter): Promise<void> {
  const budget = await readBudgetRow(ctx.tx, ctx.orgId, m.budgetId);
  const stop = (await readThresholds(ctx.tx, ctx.orgId, [m.budgetId])).find((each) => each.kind === 'stop');
  const { id } = await openBreach(ctx, {
    ...{ budget, periodId: m.id, cause: 'refusing', critical: await isCritical(ctx, budget.scope.workload) },
    ...{ figures: figuresOf(m), stopId: null, level: null, tell: stop?.tell ?? [] },
  });
  await openPlan(ctx, { breachId: id, budgetId: m.budgetId, periodId: m.id, stopId: null, cause: 'refusing', figures: m });
}
