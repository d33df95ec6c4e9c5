import { PERIOD_SELECT } from '@/lib/budget/read/budgets';
import type { PeriodView } from '@/lib/budget/read/view';
import type { Context } from '@/lib/context';
import { toIso } from '@/lib/kernel/instant';
import { figuresOf } from '@/lib/stop/raise';
import { zoneOf } from '../escalate';
import type { BreachRow } from '../row';
import type { BreachOut } from '../schema';

/** What stands beside a breach in other tables. */
export type Beside = {
  zone: string;
  figuresNow: BreachOut['figuresNow'];
  stopIds: string[];
  isStopped: boolean;
  actionIds: string[];
  planId: string | null;
  /** Whom the last station told, as words. */
  lastTold: string[];
};

/** Reads it for several breaches at once, by their ids. */
export async function besideOf(ctx: Context, breaches: BreachRow[]): Promise<Map<string, Beside>> {
  const ids = breaches.map((each) => each.id);
  const [zone, periods, stops, told, actions, plans] = await Promise.all([
    zoneOf(ctx),
    runningPeriods(
      ctx,
      breaches.map((each) => each.budgetId),
    ),
    stopsOf(ctx, ids),
    lastTold(ctx, ids),
    idsIn(ctx, 'containment_action', ids),
    idsIn(ctx, 'recovery_plan', ids),
  ]);
  return new Map(
    breaches.map(({ id, budgetId }) => {
      const now = periods.find((each) => each.budgetId === budgetId);
      const own = stops.filter((each) => each.breachId === id);
      return [
        id,
        {
          ...{
            zone,
            figuresNow: now ? figuresOf(now) : null,
            stopIds: own.map((each) => each.stopId),
            isStopped: own.some((each) => each.open),
          },
          ...{
            actionIds: actions.flatMap((each) => (each.breachId === id ? [each.id] : [])),
            planId: plans.find((each) => each.breachId === id)?.id ?? null,
            lastTold: told.find((each) => each.breachId === id)?.targets ?? [],
          },
        },
      ];
    }),
  );
}

const runningPeriods = (ctx: Context, budgetIds: string[]) =>
  ctx.tx.query<PeriodView & { budgetId: string }>(
    `${PERIOD_SELECT} WHERE p.org_id = $1 AND p.budget_id = ANY($2) AND p.starts_at <= $3 AND p.ends_at > $3`,
    [ctx.orgId, [...new Set(budgetIds)], toIso(ctx.now)],
  );

const stopsOf = (ctx: Context, ids: string[]) =>
  ctx.tx.query<{ breachId: string; stopId: string; open: boolean }>(
    `SELECT x.breach_id AS "breachId", x.stop_id AS "stopId", s.lifted_at IS NULL AS open
       FROM breach_stop x JOIN stop s ON s.org_id = x.org_id AND s.id = x.stop_id WHERE x.org_id = $1 AND x.breach_id = ANY($2) ORDER BY s.id`,
    [ctx.orgId, ids],
  );

const lastTold = (ctx: Context, ids: string[]) =>
  ctx.tx.query<{ breachId: string; targets: string[] }>(
    `SELECT DISTINCT ON (breach_id) breach_id AS "breachId", detail -> 'targets' AS targets FROM breach_event
      WHERE org_id = $1 AND breach_id = ANY($2) AND kind = 'told' ORDER BY breach_id, n DESC`,
    [ctx.orgId, ids],
  );

/** The rows that belong to breaches, oldest first. */
const idsIn = (ctx: Context, table: 'containment_action' | 'recovery_plan', breachIds: string[]) =>
  ctx.tx.query<{ breachId: string; id: string }>(
    `SELECT breach_id AS "breachId", id FROM ${table} WHERE org_id = $1 AND breach_id = ANY($2) ORDER BY id`,
    [ctx.orgId, breachIds],
  );
