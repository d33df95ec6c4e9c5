import type { Context } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { periodIn } from '@/lib/kernel/calendar-history';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { makePeriod, type PeriodSpan } from './make-period';
import type { ActiveBudget, BudgetSet } from './set';
import { stageHour } from './stage/hour';

const KEPT_PER_BUDGET = 16;
const cache = globalThis as { hardstopPeriods?: Map<string, PeriodSpan[]> };

/** When the period of a budget around an instant runs; null where it has none (before its first, or outside its fixed dates). */
export function spanAt(set: BudgetSet, budget: ActiveBudget, at: Instant): { startsAt: Instant; endsAt: Instant } | null {
  if (budget.stageOf !== null) return stageHour(set.calendar, budget.createdAt, at);
  if (budget.fixed) return budget.fixed.startsAt <= at && at < budget.fixed.endsAt ? budget.fixed : null;
  if (!budget.periodKind) return null;
  const span = periodIn(budget.periodKind, set.calendar, at);
  return span.endsAt > budget.createdAt ? span : null;
}

/**
 * The period rows of several budgets at several instants, made where they are first needed.
 * @returns for each wanted pair its span, or null where the budget has no period then; in the order asked
 */
export async function periodsAt(
  ctx: Context,
  set: BudgetSet,
  wanted: { budget: ActiveBudget; at: Instant }[],
): Promise<(PeriodSpan | null)[]> {
  const found = wanted.map(({ budget, at }) => cached(set.orgId, budget.id, at));
  const missing = new Map<string, { budget: ActiveBudget; startsAt: Instant; endsAt: Instant }>();
  wanted.forEach(({ budget, at }, i) => {
    const span = found[i] ? null : spanAt(set, budget, at);
    if (span) missing.set(`${budget.id} ${span.startsAt}`, { budget, ...span });
  });
  if (missing.size === 0) return found;
  const spans = await readOrMake(ctx, set, [...missing.values()]);
  return wanted.map(({ budget, at }, i) => found[i] ?? spans.find((each) => holds(each, budget.id, at)) ?? null);
}

async function readOrMake(
  ctx: Context,
  set: BudgetSet,
  missing: { budget: ActiveBudget; startsAt: Instant; endsAt: Instant }[],
): Promise<PeriodSpan[]> {
  const existing = await readSpans(ctx.tx, set.orgId, missing);
  for (const span of existing) keep(set.orgId, span);
  // Rows of this very transaction are not cached: they may yet be rolled back.
  for (const { budget, startsAt, endsAt } of missing) {
    if (!existing.some((each) => each.budgetId === budget.id && each.startsAt === startsAt)) {
      existing.push(await makePeriod(ctx, budget, { startsAt, endsAt }));
    }
  }
  return existing;
}

async function readSpans(tx: Tx, orgId: string, missing: { budget: ActiveBudget; startsAt: Instant }[]): Promise<PeriodSpan[]> {
  const rows = await tx.query<{ id: string; budget_id: string; starts_at: Instant; ends_at: Instant }>(
    `SELECT p.id, p.budget_id, p.starts_at, p.ends_at
       FROM unnest($2::text[], $3::timestamptz[]) AS w(budget_id, starts_at)
       JOIN budget_period p ON p.org_id = $1 AND p.budget_id = w.budget_id AND p.starts_at = w.starts_at`,
    [orgId, missing.map((each) => each.budget.id), missing.map((each) => toIso(each.startsAt))],
  );
  return rows.map((row) => ({ id: row.id, budgetId: row.budget_id, startsAt: row.starts_at, endsAt: row.ends_at }));
}

const holds = (span: PeriodSpan, budgetId: string, at: Instant): boolean =>
  span.budgetId === budgetId && span.startsAt <= at && at < span.endsAt;

function cached(orgId: string, budgetId: string, at: Instant): PeriodSpan | null {
  const spans = cache.hardstopPeriods?.get(`${orgId} ${budgetId}`);
  return spans?.find((each) => holds(each, budgetId, at)) ?? null;
}

function keep(orgId: string, span: PeriodSpan): void {
  cache.hardstopPeriods ??= new Map();
  const spans = cache.hardstopPeriods.get(`${orgId} ${span.budgetId}`) ?? [];
  if (spans.some((each) => each.id === span.id)) return;
  spans.unshift(span);
  spans.length = Math.min(spans.length, KEPT_PER_BUDGET);
  cache.hardstopPeriods.set(`${orgId} ${span.budgetId}`, spans);
}

/** Puts away what is cached of periods: for a caller that found a cached row gone (its transaction was rolled back, or the calendar moved before anything was booked). */
export function forgetPeriods(): void {
  cache.hardstopPeriods?.clear();
}
