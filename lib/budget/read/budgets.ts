import { HOLDS_IN_PERIOD } from '@/lib/budget/meter';
import type { Context } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { type CalendarHistory, periodIn } from '@/lib/kernel/calendar-history';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { type Page, type PageQuery, page, placeOf } from '@/lib/kernel/pages';
import type { Calendar } from '@/lib/kernel/period';
import { pastCalendars } from '@/lib/org/past-calendars';
import { type BudgetOutlook, outlooksOf } from '../outlook/read';
import type { BudgetOut } from '../schema';
import { activeBudget, BUDGET_COLUMNS, BUDGET_TABLES, type BudgetRow } from '../set';
import { readThresholds } from '../threshold/rows';
import { type BudgetView, budgetView, currentView, emptyPeriod, type PeriodView } from './view';

type Row = BudgetRow & {
  owner_id: string | null;
  escalation_policy_id: string | null;
  leases: boolean;
  ended_at: Instant | null;
  version: number;
};

const SELECT = `SELECT ${BUDGET_COLUMNS}, b.owner_id, b.escalation_policy_id, b.leases, b.ended_at, b.version FROM ${BUDGET_TABLES}`;

const viewOf = (row: Row): BudgetView => ({
  ...activeBudget(row),
  ...{
    ownerId: row.owner_id,
    escalationPolicyId: row.escalation_policy_id,
    leases: row.leases,
    endedAt: row.ended_at,
    rowVersion: row.version,
  },
});

/** A budget's row, ended ones too. @throws Fault budget.not_found */
export async function readBudgetRow(tx: Tx, orgId: string, id: string): Promise<BudgetView> {
  const [row] = await tx.query<Row>(`${SELECT} WHERE b.org_id = $1 AND b.id = $2 AND b.stage_of IS NULL`, [orgId, id]);
  if (!row) throw new Fault('budget.not_found', 'There is no such budget here. The list of budgets has those there are.');
  return viewOf(row);
}

/** One budget with the figures of its running period. @throws Fault budget.not_found */
export async function readBudget(ctx: Context, id: string): Promise<BudgetOut> {
  const [view] = await withFigures(ctx, [await readBudgetRow(ctx.tx, ctx.orgId, id)]);
  return view as BudgetOut;
}

export type BudgetFilter = PageQuery & {
  state?: 'active' | 'ended' | 'all' | undefined;
  mode?: string | undefined;
  workload?: string | undefined;
};

/** The budgets of the organisation, newest first; those that have ended only when asked for. */
export async function listBudgets(ctx: Context, filter: BudgetFilter): Promise<Page<BudgetOut>> {
  const place = placeOf(filter.cursor, 1);
  const rows = await ctx.tx.query<Row>(
    `${SELECT} WHERE b.org_id = $1 AND b.stage_of IS NULL AND ($2::text IS NULL OR b.id < $2) AND ($3 = 'all' OR (b.ended_at IS NULL) = ($3 = 'active'))
        AND ($4::text IS NULL OR b.mode = $4) AND ($5::text IS NULL OR b.workload = $5)
      ORDER BY b.id DESC LIMIT $6`,
    [ctx.orgId, place?.[0] ?? null, filter.state ?? 'active', filter.mode ?? null, filter.workload ?? null, filter.limit + 1],
  );
  const paged = page(rows, filter.limit, viewOf, (row) => [row.id]);
  return { ...paged, items: await withFigures(ctx, paged.items) };
}

async function withFigures(ctx: Context, budgets: BudgetView[]): Promise<BudgetOut[]> {
  const ids = budgets.map((each) => each.id);
  const periods = await currentPeriods(ctx, budgets);
  const [outlooks, thresholds] = [await currentOutlooks(ctx, budgets, periods), await readThresholds(ctx.tx, ctx.orgId, ids)];
  return budgets.map((budget, i) => {
    const own = thresholds.filter((each) => each.budgetId === budget.id);
    return budgetView(budget, own, currentView(periods[i] as PeriodView, outlooks[i] as BudgetOutlook, budget.enforcing, ctx.now));
  });
}

/** Where the shown period of each budget is going, in their order. */
export async function currentOutlooks(ctx: Context, budgets: BudgetView[], periods: PeriodView[]): Promise<BudgetOutlook[]> {
  const subjects = budgets.map((budget, i) => ({ budget, period: periods[i] as PeriodView }));
  return outlooksOf(ctx, subjects, await calendarOf(ctx), await dataSince(ctx));
}

/** When the organisation's data begins; null without any. */
export async function dataSince(ctx: Context): Promise<Instant | null> {
  const rows = await ctx.tx.query<{ at: Instant }>(
    'SELECT booked_at AS at FROM ledger_entry WHERE org_id = $1 ORDER BY booked_at LIMIT 1',
    [ctx.orgId],
  );
  return rows[0]?.at ?? null;
}

/** The organisation's calendar, and those it had before. */
export async function calendarOf(ctx: Context): Promise<CalendarHistory> {
  const [[row], past] = await Promise.all([
    ctx.tx.query<Calendar>(
      'SELECT zone, week_start AS "weekStart", fiscal_year_start AS "fiscalYearStart" FROM organisation WHERE id = $1',
      [ctx.orgId],
    ),
    pastCalendars(ctx.tx, ctx.orgId),
  ]);
  if (!row) throw new Fault('organisation.not_found', 'This organisation does not exist any more.');
  return { ...row, past };
}

/** The span that a budget's figures are shown for: the running one, of fixed dates the one there is, of an ended budget its last. */
export function shownSpan(budget: BudgetView, calendar: CalendarHistory, now: Instant): { startsAt: Instant; endsAt: Instant } {
  if (budget.fixed) return budget.fixed;
  const at = budget.endedAt === null || budget.endedAt > now ? now : budget.endedAt;
  return periodIn(budget.periodKind ?? 'month', calendar, at);
}

type PeriodRow = Omit<PeriodView, 'observedCharged' | 'observedHeld'> & {
  budgetId: string;
  observedCharged: NanoUsd;
  observedHeld: NanoUsd;
};

/** The shown period of each budget, in their order; of one nobody has needed yet, what it will be. */
export async function currentPeriods(ctx: Context, budgets: BudgetView[]): Promise<(PeriodView & { id: string | null })[]> {
  const calendar = await calendarOf(ctx);
  const spans = budgets.map((budget) => shownSpan(budget, calendar, ctx.now));
  const rows = await ctx.tx.query<PeriodRow & { id: string }>(
    `${PERIOD_SELECT} JOIN unnest($2::text[], $3::timestamptz[]) AS w(budget_id, starts_at) ON p.budget_id = w.budget_id AND p.starts_at = w.starts_at
      WHERE p.org_id = $1`,
    [ctx.orgId, budgets.map((each) => each.id), spans.map((each) => toIso(each.startsAt))],
  );
  const missing = budgets.filter((budget) => !rows.some((row) => row.budgetId === budget.id));
  const facts = await factsOf(ctx, missing);
  return budgets.map((budget, i) => {
    const row = rows.find((each) => each.budgetId === budget.id);
    if (row) return row;
    const { rate, stopId } = facts.get(budget.id) ?? { rate: 1_000_000_000n, stopId: null };
    return { ...emptyPeriod(budget, spans[i] as { startsAt: Instant; endsAt: Instant }, rate, stopId), id: null };
  });
}

/** A period row with its excess by cause and the budget's open stop; add a WHERE on `p`. */
export const PERIOD_SELECT = `SELECT p.id, p.budget_id AS "budgetId", p.starts_at AS "startsAt", p.ends_at AS "endsAt", p.amount_nano AS amount,
    p.hard_stop_nano AS "hardStop", p.granted_nano AS granted, p.actual_nano AS actual, p.presumed_nano AS presumed,
    p.unpriced_upper_nano AS "unpricedUpper", p.held_nano AS held, p.observed_charged_nano AS "observedCharged",
    p.observed_held_nano AS "observedHeld", p.excess_nano AS excess, p.calls, p.unpriced_calls AS "unpricedCalls",
    (SELECT s.id FROM stop s WHERE s.org_id = p.org_id AND s.budget_id = p.budget_id AND s.lifted_at IS NULL AND ${HOLDS_IN_PERIOD}) AS "stopId",
    coalesce((SELECT json_agg(json_build_object('cause', x.cause, 'nanoUsd', x.nano::text) ORDER BY x.cause)
                FROM (SELECT cause, sum(amount_nano) AS nano FROM excess WHERE org_id = p.org_id AND period_id = p.id GROUP BY cause) x), '[]'::json) AS excesses
  FROM budget_period p`;

async function factsOf(ctx: Context, budgets: BudgetView[]): Promise<Map<string, { rate: bigint; stopId: string | null }>> {
  if (budgets.length === 0) return new Map();
  const rows = await ctx.tx.query<{ id: string; rate: bigint | null; stopId: string | null }>(
    `SELECT b.id, r.nano_usd_per_unit AS rate, s.id AS "stopId" FROM budget b
       LEFT JOIN currency_rate r ON r.org_id = b.org_id AND r.currency = b.currency AND b.currency <> 'USD'
       LEFT JOIN stop s ON s.org_id = b.org_id AND s.budget_id = b.id AND s.lifted_at IS NULL
      WHERE b.org_id = $1 AND b.id = ANY($2)`,
    [ctx.orgId, budgets.map((each) => each.id)],
  );
  return new Map(rows.map((row) => [row.id, { rate: row.rate ?? 1_000_000_000n, stopId: row.stopId }]));
}
