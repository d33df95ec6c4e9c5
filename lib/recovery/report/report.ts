import { z } from 'zod';
import { timelineOf } from '@/lib/breach/read/timeline';
import { readBreachRow } from '@/lib/breach/row';
import { actionsAround } from '@/lib/containment/reads';
import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type PlanRow, readPlanRow } from '../plan';
import { planView } from '../read/view';
import { criterionOut, dayOut, historyOut, noteOut, type PlanOut } from '../schema';

const nano = z.string();

export const reportOut = z.object({
  ...{ planId: z.string(), breachId: z.string(), budgetId: z.string(), budgetName: z.string(), zone: z.string() },
  /** Written when it was closed; before that it is what it would say now. */
  isFinal: z.boolean(),
  ...{ openedAt: z.string(), closedAt: z.string().nullable(), closedBy: z.string().nullable(), summary: z.string().nullable() },
  ...{ cause: z.string().nullable(), correctiveAction: z.string().nullable() },
  cost: z.object({
    ...{ chargedThenNanoUsd: nano, chargedNowNanoUsd: nano, spentSinceNanoUsd: nano, excessNanoUsd: nano },
    /** Measured: what rerouted calls would have cost less what they cost. */
    savedNanoUsd: nano,
  }),
  /** What contained it besides the stop, levels of its budget reached before among it; what each met, saved, and by estimate left unspent. */
  contained: z.array(
    z.object({
      ...{ kind: z.string(), reason: z.string(), startedAt: z.string().nullable(), endedAt: z.string().nullable() },
      ...{ callsAffected: z.number(), savedNanoUsd: nano, notSpentNanoUsd: nano.nullable() },
    }),
  ),
  refusedCalls: z.number(),
  timeline: z.array(z.object({ at: z.string(), kind: z.string(), by: z.string(), text: z.string() })),
  decisions: z.array(historyOut),
  days: z.array(dayOut),
  notes: z.array(noteOut),
  followUps: z.array(z.object({ text: z.string(), done: z.boolean() })),
  criteria: z.array(criterionOut),
});
export type ReportOut = z.output<typeof reportOut>;

/** The report of a plan: as it was written when it closed, or as it stands now. @throws Fault plan.not_found */
export async function readReport(ctx: Context, id: string): Promise<ReportOut> {
  const plan = await readPlanRow(ctx, id);
  const [kept] = await ctx.tx.query<{ report: ReportOut | null }>('SELECT report FROM recovery_plan WHERE org_id = $1 AND id = $2', [
    ctx.orgId,
    id,
  ]);
  return kept?.report ?? reportOf(ctx, plan, await planView(ctx, plan), null);
}

/** Who closes a plan, and with which words. */
type Closing = { at: Instant; by: string; summary: string };

/** Writes the report of what happened: time line, cost, what contained it, decisions, follow-ups. @param closing null while it is open */
export async function reportOf(ctx: Context, plan: PlanRow, view: PlanOut, closing: Closing | null): Promise<ReportOut> {
  const breach = await readBreachRow(ctx, plan.breachId);
  const [org] = await ctx.tx.query<{ zone: string }>('SELECT zone FROM organisation WHERE id = $1', [ctx.orgId]);
  const [facts, contained] = [await factsOf(ctx, plan), await containedBy(ctx, plan)];
  return {
    ...{ planId: plan.id, breachId: plan.breachId, budgetId: plan.budgetId, budgetName: view.budgetName, zone: org?.zone ?? 'UTC' },
    ...{ isFinal: closing !== null, openedAt: view.openedAt, closedAt: closing ? toIso(closing.at) : null, closedBy: closing?.by ?? null },
    ...{ summary: closing?.summary ?? null, cause: view.cause, correctiveAction: view.correctiveAction },
    cost: {
      ...{ chargedThenNanoUsd: breach.figures.chargedNanoUsd, chargedNowNanoUsd: view.money.chargedNanoUsd },
      ...{ spentSinceNanoUsd: String(facts.spent), excessNanoUsd: String(facts.excess) },
      savedNanoUsd: String(contained.reduce((sum, each) => sum + BigInt(each.savedNanoUsd), 0n)),
    },
    ...{ contained, refusedCalls: Number(facts.refused), timeline: await happened(ctx, plan.breachId) },
    ...{ decisions: view.history, days: view.days, notes: view.notes, criteria: view.criteria },
    followUps: view.checks.map((each) => ({ text: each.text, done: each.doneAt !== null })),
  };
}

async function factsOf(ctx: Context, plan: PlanRow): Promise<{ spent: bigint; excess: bigint; refused: bigint }> {
  const [row] = await ctx.tx.query<{ spent: bigint; excess: bigint; refused: bigint }>(
    `SELECT (SELECT coalesce(sum(d.actual_nano), 0)::int8 FROM (SELECT DISTINCT ON (date) actual_nano FROM recovery_day
               WHERE org_id = $1 AND plan_id = $2 ORDER BY date, correction DESC) d) AS spent,
            (SELECT coalesce(sum(x.amount_nano), 0)::int8 FROM excess x JOIN budget_period p ON p.org_id = x.org_id AND p.id = x.period_id
              WHERE x.org_id = $1 AND p.budget_id = $3 AND x.at >= $4::timestamptz) AS excess,
            (SELECT coalesce(sum(calls), 0)::int8 FROM refusal WHERE org_id = $1 AND budget_id = $3 AND NOT observed
                AND minute >= date_trunc('minute', $4::timestamptz)) AS refused`,
    [ctx.orgId, plan.id, plan.budgetId, toIso(plan.openedAt)],
  );
  return row ?? { spent: 0n, excess: 0n, refused: 0n };
}

async function containedBy(ctx: Context, { breachId, budgetId, openedAt }: PlanRow): Promise<ReportOut['contained']> {
  const actions = await actionsAround(ctx, { breachId, budgetId, openedAt });
  return actions.map(({ kind, reason, startedAt, endedAt, callsAffected, savedNanoUsd, notSpentNanoUsd }) => ({
    ...{ kind, reason, startedAt, endedAt, callsAffected, savedNanoUsd, notSpentNanoUsd },
  }));
}

async function happened(ctx: Context, breachId: string): Promise<ReportOut['timeline']> {
  return (await timelineOf(ctx, breachId)).map(({ at, kind, by, text }) => ({ at, kind, by: by.name, text }));
}
