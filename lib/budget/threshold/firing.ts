import { charged } from '@/lib/budget/figures';
import type { Meter } from '@/lib/budget/meter';
import type { Context } from '@/lib/context';
import { formatPercent } from '@/lib/kernel/format-money';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { PPM_ONE, type Ppm } from '@/lib/kernel/money';
import { type ThresholdRow, thresholdKey } from './rows';
import { isReached } from './rules';

/** Threshold `t` is a level that fires: the stop level is the stop's own, a burn rate and a forecast are looked at by a job. */
const IS_LEVEL = `t.kind <> 'stop' AND NOT t.burn AND t.within_days IS NULL`;

/** SQL: the lowest level of a budget, for a period in which none has fired. */
export const LOWEST_LEVEL = (org: string, budget: string): string =>
  `(SELECT min(t.at_ppm) FROM threshold t WHERE t.org_id = ${org} AND t.budget_id = ${budget} AND ${IS_LEVEL})`;

/** SQL: the lowest level that has not fired in period `p`. */
const NEXT_LEVEL = `(SELECT min(t.at_ppm) FROM threshold t WHERE t.org_id = p.org_id AND t.budget_id = p.budget_id AND ${IS_LEVEL} AND NOT EXISTS (
  SELECT FROM threshold_firing f WHERE f.org_id = p.org_id AND f.period_id = p.id AND f.rearmed_at IS NULL
     AND f.threshold_key = t.kind || ' ' || t.at_ppm || ' false null'))`;

/**
 * Whether a locked period has reached a level that has not fired: one compare of integers, asked of every change of figures. Only
 * the period that runs fires; a late record of one that is over tells nobody.
 */
export const reachesLevel = (m: Meter, now: number): boolean =>
  m.nextLevel !== null && m.startsAt <= now && now < m.endsAt && isReached(charged(m), m.amount, m.nextLevel);

/** Works out anew which level of a budget's periods is next, on their rows and on the meters given. @param only one period of them */
async function findNextLevels(ctx: Context, budgetId: string, meters: Iterable<Meter>, only: string | null = null): Promise<void> {
  const rows = await ctx.tx.query<{ id: string; next: Ppm | null }>(
    `UPDATE budget_period p SET next_level_ppm = ${NEXT_LEVEL} WHERE p.org_id = $1 AND p.budget_id = $2 AND p.ends_at > $3 AND ($4::text IS NULL OR p.id = $4)
     RETURNING p.id, p.next_level_ppm AS next`,
    [ctx.orgId, budgetId, toIso(ctx.now), only],
  );
  const next = new Map(rows.map((row) => [row.id, row.next]));
  for (const m of meters) if (next.has(m.id)) m.nextLevel = next.get(m.id) ?? null;
}

/** After a budget's thresholds have changed, with the budget set held alone. What has fired stays fired. @param meters the periods of it that the caller has locked */
export const levelsChanged = (ctx: Context, budgetId: string, meters: Iterable<Meter>): Promise<void> =>
  findNextLevels(ctx, budgetId, meters);

/**
 * Arms the levels of a budget again: a stop was lifted, or the amount is another. Each may fire once more in the running period.
 * Call it with the budget set held alone. @param meters the periods of it that the caller has locked
 */
export async function rearmLevels(ctx: Context, budgetId: string, meters: Iterable<Meter>): Promise<void> {
  await ctx.tx.query('UPDATE threshold_firing SET rearmed_at = $3 WHERE org_id = $1 AND budget_id = $2 AND rearmed_at IS NULL', [
    ctx.orgId,
    budgetId,
    toIso(ctx.now),
  ]);
  await findNextLevels(ctx, budgetId, meters);
}

/**
 * Fires the levels that a locked period has reached, each once, and finds the next. @param thresholds the budget's own
 * @param figures those of the moment · @returns the levels fired now, lowest first
 */
export async function fireLevels(ctx: Context, m: Meter, thresholds: ThresholdRow[], figures: object): Promise<ThresholdRow[]> {
  const levels = thresholds.filter((each) => each.kind !== 'stop' && !each.burn && each.withinDays === null);
  const reached = levels.filter((each) => isReached(charged(m), m.amount, each.atPpm));
  const fired = await writeFirings(ctx, m, reached, figures);
  await findNextLevels(ctx, m.budgetId, [m], m.id);
  return fired;
}

/** Writes down that thresholds of a locked period fire, each once until it is armed again. @returns those that fire now */
export async function writeFirings<Row extends ThresholdRow>(ctx: Context, m: Meter, met: Row[], figures: object): Promise<Row[]> {
  if (met.length === 0) return [];
  const fired = await ctx.tx.query<{ key: string }>(
    `INSERT INTO threshold_firing (org_id, id, budget_id, period_id, threshold_key, at_ppm, fired_at, observed, figures)
     SELECT $1, w.id, $2, $3, w.key, w.at, $4, $5, $6 FROM unnest($7::text[], $8::text[], $9::int[]) AS w(id, key, at)
     ON CONFLICT (org_id, period_id, threshold_key) WHERE rearmed_at IS NULL DO NOTHING RETURNING threshold_key AS key`,
    [
      ...[ctx.orgId, m.budgetId, m.id, toIso(ctx.now), !m.enforcing, figures],
      ...[met.map(() => makeId('fir', ctx.now)), met.map(thresholdKey), met.map((each) => each.atPpm)],
    ],
  );
  return met.filter((each) => fired.some(({ key }) => key === thresholdKey(each)));
}

/** A level as people read it: `80 %`. */
export const levelWords = (at: Ppm): string => formatPercent(at / PPM_ONE, at % 10_000 === 0 ? 0 : 2);
