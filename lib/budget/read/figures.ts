import { z } from 'zod';
import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { pace } from '../figures';
import { spentByPrice } from '../spent/read';
import { currentOutlooks, currentPeriods, readBudgetRow } from './budgets';
import { FIGURE_NAMES, FIGURE_UNITS, type FigureName, RECIPES, type Recipe, ROW_SOURCES, RUNWAY_FORMULAS, ratioText } from './recipes';
import type { BudgetView, PeriodView } from './view';

export const figureOut = z.object({
  figure: z.enum(FIGURE_NAMES),
  /** The figure as text: nano-dollars, a ratio or a time, by `unit`; null where there is none. */
  value: z.string().nullable(),
  unit: z.enum(FIGURE_UNITS),
  formula: z.string(),
  parts: z.array(z.object({ name: z.string(), nanoUsd: z.string() })),
  /** What it is the sum of: ledger rows, open holds or excess entries. */
  rows: z.object({ of: z.enum(ROW_SOURCES), count: z.number() }),
  /** The prices its rows were priced with, the most used first. */
  prices: z.array(z.object({ ref: z.string(), rows: z.number() })),
  /** When the newest of its rows came in; null without any. */
  freshAt: z.string().nullable(),
  ...{ startsAt: z.string(), endsAt: z.string() },
});
export type FigureOut = z.output<typeof figureOut>;

/** How one figure of a budget's running period comes about: formula, parts, the rows it sums, the prices they had, how fresh it is. @throws Fault budget.not_found */
export async function explainFigure(ctx: Context, budgetId: string, figure: FigureName): Promise<FigureOut> {
  const budget = await readBudgetRow(ctx.tx, ctx.orgId, budgetId);
  const [period] = await currentPeriods(ctx, [budget]);
  if (!period) throw new Error(`budget ${budgetId} shows no period`);
  const recipe = RECIPES[figure];
  const { count, freshAt, prices } = await rowsOf(ctx, period, recipe);
  return {
    ...{ figure, unit: recipe.unit, ...(await figureValue(ctx, figure, recipe, budget, period)) },
    parts: Object.entries(recipe.parts(period)).map(([name, nano]) => ({ name, nanoUsd: String(nano) })),
    rows: { of: recipe.rows, count },
    prices,
    freshAt: freshAt === null ? null : toIso(freshAt),
    ...{ startsAt: toIso(period.startsAt), endsAt: toIso(period.endsAt) },
  };
}

type Value = Pick<FigureOut, 'value' | 'formula'>;

async function figureValue(ctx: Context, figure: FigureName, recipe: Recipe, budget: BudgetView, period: PeriodView): Promise<Value> {
  const { formula } = recipe;
  if (figure === 'pace') return { value: ratioText(pace(period, period, ctx.now)), formula };
  if (figure !== 'runwayAt') return { value: recipe.value(period), formula };
  const [outlook] = await currentOutlooks(ctx, [budget], [period]);
  const at = outlook?.runway.at ?? null;
  return { value: at === null ? null : toIso(at), formula: RUNWAY_FORMULAS[outlook?.kind ?? 'none'] };
}

type Rows = { count: number; freshAt: Instant | null; prices: FigureOut['prices'] };

async function rowsOf(ctx: Context, period: PeriodView & { id: string | null }, recipe: Recipe): Promise<Rows> {
  if (recipe.rows === 'none' || period.id === null) return { count: 0, freshAt: null, prices: [] };
  if (recipe.rows === 'ledger') return ledgerRows(ctx, period.id, recipe.bases);
  const sql =
    recipe.rows === 'holds'
      ? `SELECT count(*) AS count, max(authorised_at) AS "freshAt" FROM hold WHERE org_id = $1 AND state = 'open' AND $2 = ANY(period_ids)`
      : 'SELECT count(*) AS count, max(at) AS "freshAt" FROM excess WHERE org_id = $1 AND period_id = $2';
  const [row] = await ctx.tx.query<{ count: bigint; freshAt: Instant | null }>(sql, [ctx.orgId, period.id]);
  return { count: Number(row?.count ?? 0), freshAt: row?.freshAt ?? null, prices: [] };
}

async function ledgerRows(ctx: Context, periodId: string, bases: string[]): Promise<Rows> {
  const rows = await spentByPrice(ctx, periodId, bases);
  return {
    count: rows.reduce((sum, row) => sum + Number(row.count), 0),
    freshAt: rows.reduce<Instant | null>((last, { freshAt }) => (last === null || freshAt > last ? freshAt : last), null),
    prices: rows.flatMap(({ ref, count }) => (ref === '' ? [] : [{ ref, rows: Number(count) }])).slice(0, 20),
  };
}
