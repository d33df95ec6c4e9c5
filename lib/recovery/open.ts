import { audit } from '@/lib/audit/write';
import { charged, type Figures, limit } from '@/lib/budget/figures';
import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { days, plus, toIso } from '@/lib/kernel/instant';
import { stoppedAgain } from './open-again';
import { addStep } from './step';

/** A recovery that takes longer than this is overdue, unless a person gives it more time. */
const DUE_AFTER = days(28);

/** What every way back asks for; people add to it. */
const CHECKS = [
  'Tell those who wait for the workload how it comes back',
  'Put the corrective action into production',
  'Look over the containment that still holds, and end what is not needed',
  'Set the levels so that the next one is noticed earlier',
];

/** What the crossing knows of the breach whose plan is to open. */
export type OpenPlan = {
  breachId: string;
  budgetId: string;
  periodId: string;
  /** The stop that holds; null where a level was crossed that stops nothing. */
  stopId: string | null;
  /** What crossed, as far as it is known: the breach's cause. */
  cause: string;
  /** The period's figures of this moment; absent: they are left out of the snapshot. */
  figures?: Figures;
};

/**
 * Opens the plan of a breach in the transaction that opened it: a snapshot, a check list, and how much flows (nothing while a stop
 * holds). A budget has one plan at a time: where one is open already it goes on, and a stop takes it back to nothing.
 * @returns the plan's id
 */
export async function openPlan(ctx: Context, input: OpenPlan): Promise<string> {
  const [open] = await ctx.tx.query<{ id: string; closedAt: number | null }>(
    'SELECT id, closed_at AS "closedAt" FROM recovery_plan WHERE org_id = $1 AND (breach_id = $2 OR (budget_id = $3 AND closed_at IS NULL)) ORDER BY closed_at DESC NULLS FIRST LIMIT 1',
    [ctx.orgId, input.breachId, input.budgetId],
  );
  if (open) {
    if (open.closedAt !== null) await reopen(ctx, open.id, input);
    else if (input.stopId !== null) await stoppedAgain(ctx, input.budgetId);
    return open.id;
  }
  const id = makeId('pln', ctx.now);
  const percent = input.stopId === null ? 100 : null;
  await ctx.tx.query(
    `INSERT INTO recovery_plan (org_id, id, breach_id, budget_id, period_id, opened_at, snapshot, phase, stage_percent, stage_since, deadline_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $6, $10)`,
    [
      ...[ctx.orgId, id, input.breachId, input.budgetId, input.periodId, toIso(ctx.now), await snapshotOf(ctx, input)],
      ...[percent === null ? 'planned' : 'resuming', percent, toIso(plus(ctx.now, DUE_AFTER))],
    ],
  );
  await addChecks(ctx, id);
  const why = input.stopId === null ? 'A level was crossed that someone must answer for; calls still pass.' : 'The budget was stopped.';
  await addStep(ctx, id, { kind: 'open', percent, targetNano: null, why, byRule: true });
  await audit(ctx, 'plan.opened', { kind: 'recovery_plan', id }, null, { breachId: input.breachId, budgetId: input.budgetId });
  return id;
}

/** The plan of a breach that was closed, and is opened again: it goes on where nothing flows, or everything does. */
async function reopen(ctx: Context, id: string, { stopId }: OpenPlan): Promise<void> {
  const percent = stopId === null ? 100 : null;
  await ctx.tx.query(
    `UPDATE recovery_plan SET phase = $3, stage_percent = $4, stage_since = $5, closed_at = NULL, closed_by = NULL, summary = NULL, report = NULL,
            deadline_at = $6, version = version + 1 WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, id, percent === null ? 'planned' : 'resuming', percent, toIso(ctx.now), toIso(plus(ctx.now, DUE_AFTER))],
  );
  await addStep(ctx, id, { kind: 'reopen', percent, targetNano: null, why: 'The breach was opened again.', byRule: true });
}

async function addChecks(ctx: Context, planId: string): Promise<void> {
  await ctx.tx.query(
    `INSERT INTO recovery_check (org_id, id, plan_id, position, text, added_by)
     SELECT $1, w.id, $2, w.place, w.text, 'system' FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS w(id, text, place)`,
    [ctx.orgId, planId, CHECKS.map(() => makeId('chk', ctx.now)), CHECKS],
  );
}

/** What stood when the plan opened: versions of the rules that decided, who owns the budget, the figures then. */
async function snapshotOf(ctx: Context, input: OpenPlan): Promise<Record<string, unknown>> {
  const [row] = await ctx.tx.query<{ ownerId: string | null; amount: string; version: number; set: number; prices: number }>(
    `SELECT b.owner_id AS "ownerId", b.amount::text AS amount, b.version, o.budget_set_version AS set, o.price_version AS prices
       FROM budget b JOIN organisation o ON o.id = b.org_id WHERE b.org_id = $1 AND b.id = $2`,
    [ctx.orgId, input.budgetId],
  );
  const { figures: f } = input;
  const figures = f && {
    ...{ amountNanoUsd: String(f.amount), hardStopNanoUsd: String(f.hardStop), grantedNanoUsd: String(f.granted) },
    ...{ limitNanoUsd: String(limit(f)), actualNanoUsd: String(f.actual), chargedNanoUsd: String(charged(f)), heldNanoUsd: String(f.held) },
  };
  return {
    ...{ cause: input.cause, stopId: input.stopId, ownerId: row?.ownerId ?? null, amount: row?.amount ?? null },
    versions: { budget: row?.version ?? null, budgetSet: row?.set ?? null, prices: row?.prices ?? null },
    figures: figures ?? null,
  };
}
