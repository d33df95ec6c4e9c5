import { z } from 'zod';
import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { currentOut } from '../schema';
import { PERIOD_SELECT, readBudgetRow } from './budgets';
import { figuresView, type PeriodView } from './view';

/** Entries of each kind that a history goes back: the newest of them. */
const SHOWN = 200;

const limitOut = z.object({
  at: z.string(),
  periodId: z.string(),
  amountNanoUsd: z.string(),
  hardStopNanoUsd: z.string(),
  grantedNanoUsd: z.string(),
});
const stopOut = z.object({
  ...{
    id: z.string(),
    raisedAt: z.string(),
    cause: z.string(),
    observed: z.boolean(),
    reason: z.string().nullable(),
    raisedBy: z.string(),
  },
  ...{ liftedAt: z.string().nullable(), liftedBy: z.string().nullable(), liftedWhy: z.string().nullable() },
});
const changeOut = z.object({
  ...{ at: z.string(), action: z.string(), actorKind: z.string(), actorName: z.string(), before: z.unknown(), after: z.unknown() },
});
export const historyOut = z.object({
  periods: z.array(currentOut.omit({ stopId: true, runwayAt: true, forecast: true }).extend({ id: z.string() })),
  limitChanges: z.array(limitOut),
  stops: z.array(stopOut),
  changes: z.array(changeOut),
});
export type HistoryOut = z.output<typeof historyOut>;

/** What a budget has been: its periods with their figures, every limit it had, its stops, and who changed what; newest first. @throws Fault budget.not_found */
export async function budgetHistory(ctx: Context, budgetId: string): Promise<HistoryOut> {
  await readBudgetRow(ctx.tx, ctx.orgId, budgetId);
  const [periods, limitChanges, stops, changes] = await Promise.all([
    periodsOf(ctx, budgetId),
    limitsOf(ctx, budgetId),
    stopsOf(ctx, budgetId),
    changesOf(ctx, budgetId),
  ]);
  return { periods, limitChanges, stops, changes };
}

async function periodsOf(ctx: Context, budgetId: string): Promise<HistoryOut['periods']> {
  const rows = await ctx.tx.query<PeriodView & { id: string }>(
    `${PERIOD_SELECT} WHERE p.org_id = $1 AND p.budget_id = $2 ORDER BY p.starts_at DESC LIMIT ${SHOWN}`,
    [ctx.orgId, budgetId],
  );
  return rows.map((row) => ({ id: row.id, ...figuresView(row, ctx.now) }));
}

type Limit = { at: Instant; periodId: string; amount: bigint; hardStop: bigint; granted: bigint };

async function limitsOf(ctx: Context, budgetId: string): Promise<HistoryOut['limitChanges']> {
  const rows = await ctx.tx.query<Limit>(
    `SELECT l.at, l.period_id AS "periodId", l.amount_nano AS amount, l.hard_stop_nano AS "hardStop", l.granted_nano AS granted
       FROM limit_change l JOIN budget_period p ON p.org_id = l.org_id AND p.id = l.period_id
      WHERE l.org_id = $1 AND p.budget_id = $2 ORDER BY l.at DESC LIMIT ${SHOWN}`,
    [ctx.orgId, budgetId],
  );
  return rows.map(({ at, periodId, amount, hardStop, granted }) => ({
    ...{ at: toIso(at), periodId, amountNanoUsd: String(amount), hardStopNanoUsd: String(hardStop), grantedNanoUsd: String(granted) },
  }));
}

type Stop = Omit<z.output<typeof stopOut>, 'raisedAt' | 'liftedAt'> & { raisedAt: Instant; liftedAt: Instant | null };

async function stopsOf(ctx: Context, budgetId: string): Promise<HistoryOut['stops']> {
  const rows = await ctx.tx.query<Stop>(
    `SELECT id, raised_at AS "raisedAt", cause, observed, reason, raised_by AS "raisedBy", lifted_at AS "liftedAt", lifted_by AS "liftedBy", lifted_why AS "liftedWhy"
       FROM stop WHERE org_id = $1 AND budget_id = $2 ORDER BY raised_at DESC LIMIT ${SHOWN}`,
    [ctx.orgId, budgetId],
  );
  return rows.map((row) => ({ ...row, raisedAt: toIso(row.raisedAt), liftedAt: row.liftedAt === null ? null : toIso(row.liftedAt) }));
}

async function changesOf(ctx: Context, budgetId: string): Promise<HistoryOut['changes']> {
  const rows = await ctx.tx.query<Omit<z.output<typeof changeOut>, 'at'> & { at: Instant }>(
    `SELECT at, action, actor_kind AS "actorKind", actor_name AS "actorName", before, after FROM audit_entry
      WHERE org_id = $1 AND subject_kind = 'budget' AND subject_id = $2 ORDER BY at DESC, id DESC LIMIT ${SHOWN}`,
    [ctx.orgId, budgetId],
  );
  return rows.map((row) => ({ ...row, at: toIso(row.at) }));
}
