import { calendarOf, listBudgets } from '@/lib/budget/read/budgets';
import type { BudgetOut } from '@/lib/budget/schema';
import { levelLines } from '@/lib/budget/threshold/level-lines';
import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { freshnessOf } from '../data/freshness';
import { attentionOf } from './attention';
import { factsOf } from './facts';
import { firstLineOf } from './first-line';
import type { OverviewBudget, OverviewOut } from './schema';
import { waitingOf } from './waiting';

/** More budgets than this are a list to search (Budgets), not an overview. */
const MOST_BUDGETS = 200;

type OpenStop = {
  id: string;
  budgetId: string;
  raisedAt: Instant;
  cause: string;
  observed: boolean;
  reason: string | null;
  refusedCalls: bigint;
};

/** Open stops, with what each has refused since. */
const openStops = (ctx: Context): Promise<OpenStop[]> =>
  ctx.tx.query<OpenStop>(
    `SELECT s.id, s.budget_id AS "budgetId", s.raised_at AS "raisedAt", s.cause, s.observed, s.reason,
            (SELECT coalesce(sum(r.calls), 0)::int8 FROM refusal r
              WHERE r.org_id = s.org_id AND r.budget_id = s.budget_id AND r.observed = s.observed
                AND r.minute >= date_trunc('minute', s.raised_at)) AS "refusedCalls"
       FROM stop s WHERE s.org_id = $1 AND s.lifted_at IS NULL`,
    [ctx.orgId],
  );

function lineOf(budget: BudgetOut, open: OpenStop | undefined): OverviewBudget {
  const { current } = budget;
  const stop = open && { ...open, raisedAt: toIso(open.raisedAt), refusedCalls: Number(open.refusedCalls) };
  const standing = stop
    ? stop.observed
      ? 'would_stop'
      : 'stopped'
    : current.runwayAt !== null
      ? 'due'
      : current.forecast === null && BigInt(current.chargedNanoUsd) > 0n
        ? 'early'
        : 'holds';
  return {
    ...{ id: budget.id, name: budget.name, mode: budget.mode, startsAt: current.startsAt, endsAt: current.endsAt, standing },
    workload: typeof budget.scope.workload === 'string' ? budget.scope.workload : null,
    ...{ amountNanoUsd: current.amountNanoUsd, limitNanoUsd: current.limitNanoUsd, actualNanoUsd: current.actualNanoUsd },
    ...{
      presumedNanoUsd: current.presumedNanoUsd,
      unpricedUpperNanoUsd: current.unpricedUpperNanoUsd,
      chargedNanoUsd: current.chargedNanoUsd,
    },
    ...{ heldNanoUsd: current.heldNanoUsd, utilisation: current.utilisation, pace: current.pace, unpricedCalls: current.unpricedCalls },
    runwayAt: current.runwayAt,
    forecast: current.forecast,
    lines: levelLines(budget),
    stop: stop
      ? {
          id: stop.id,
          raisedAt: stop.raisedAt,
          cause: stop.cause,
          observed: stop.observed,
          reason: stop.reason,
          refusedCalls: stop.refusedCalls,
        }
      : null,
  };
}

const URGENCY: Record<OverviewBudget['standing'], number> = { stopped: 0, due: 1, would_stop: 2, holds: 3, early: 3 };

/** Nearest its stop first: stopped, then by when the forecast gets there, then by how much of the amount is used. */
export function byNearestStop(a: OverviewBudget, b: OverviewBudget): number {
  const urgency = URGENCY[a.standing] - URGENCY[b.standing];
  if (urgency !== 0) return urgency;
  if (a.stop && b.stop) return a.stop.raisedAt < b.stop.raisedAt ? -1 : 1;
  if (a.runwayAt && b.runwayAt && a.runwayAt !== b.runwayAt) return a.runwayAt < b.runwayAt ? -1 : 1;
  return (b.utilisation ?? 0) - (a.utilisation ?? 0) || (a.id < b.id ? -1 : 1);
}

/** Everything Overview says but the pictures: how each budget stands, what needs a person, and the answer in one line. */
export async function overviewOf(ctx: Context): Promise<OverviewOut> {
  const { zone } = await calendarOf(ctx);
  const [stops, { items }] = [await openStops(ctx), await listBudgets(ctx, { limit: MOST_BUDGETS, state: 'active' })];
  const budgets = items
    .map((budget) =>
      lineOf(
        budget,
        stops.find((stop) => stop.budgetId === budget.id),
      ),
    )
    .sort(byNearestStop);
  const [freshness, facts, waiting, now] = [await freshnessOf(ctx), await factsOf(ctx), await waitingOf(ctx), toIso(ctx.now)];
  const { breaches } = waiting;
  return {
    ...{ now, zone, freshness, budgets },
    ...firstLineOf(budgets, freshness, now, zone, breaches),
    attention: attentionOf({ budgets, ...facts, ...waiting }, now, zone),
    breaches: {
      open: breaches.length,
      unanswered: breaches.filter((each) => !each.isAnswered).length,
      recovering: breaches.filter((each) => each.phase === 'recovering').length,
    },
  };
}
