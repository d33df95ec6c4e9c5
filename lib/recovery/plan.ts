import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Percent, PlanPhase, Room } from './schema';

/** A plan as its row says. */
export type PlanRow = {
  id: string;
  breachId: string;
  budgetId: string;
  periodId: string;
  openedAt: Instant;
  snapshot: Record<string, unknown>;
  phase: PlanPhase;
  room: Room | null;
  roomAt: Instant | null;
  roomBy: string | null;
  target: NanoUsd | null;
  /** The limit and the period that the target was made from: where either is another, it is made anew. */
  targetLimit: NanoUsd | null;
  targetPeriodId: string | null;
  percent: Percent | null;
  stageSince: Instant;
  stageBudgetId: string | null;
  cause: string | null;
  correctiveAction: string | null;
  causeAt: Instant | null;
  causeBy: string | null;
  deadlineAt: Instant;
  closedAt: Instant | null;
  closedBy: string | null;
  summary: string | null;
  version: number;
};

export const SELECT_PLAN = `SELECT p.id, p.breach_id AS "breachId", p.budget_id AS "budgetId", p.period_id AS "periodId", p.opened_at AS "openedAt",
    p.snapshot, p.phase, p.room, p.room_at AS "roomAt", p.room_by AS "roomBy", p.target_nano AS target, p.target_limit_nano AS "targetLimit",
    p.target_period_id AS "targetPeriodId", p.stage_percent AS percent, p.stage_since AS "stageSince", p.stage_budget_id AS "stageBudgetId",
    p.cause, p.corrective_action AS "correctiveAction", p.cause_at AS "causeAt", p.cause_by AS "causeBy", p.deadline_at AS "deadlineAt",
    p.closed_at AS "closedAt", p.closed_by AS "closedBy", p.summary, p.version
  FROM recovery_plan p`;

const NOT_FOUND = 'There is no such recovery plan here.';

/** @throws Fault plan.not_found */
export async function readPlanRow(ctx: Context, id: string): Promise<PlanRow> {
  const [row] = await ctx.tx.query<PlanRow>(`${SELECT_PLAN} WHERE p.org_id = $1 AND p.id = $2`, [ctx.orgId, id]);
  if (!row) throw new Fault('plan.not_found', NOT_FOUND);
  return row;
}

/**
 * Locks a plan that is open, to change it. Take the budget set and the period rows before: a crossing holds those first.
 * @throws Fault plan.not_found · plan.closed
 */
export async function lockPlan(ctx: Context, id: string): Promise<PlanRow> {
  const [row] = await ctx.tx.query<PlanRow>(`${SELECT_PLAN} WHERE p.org_id = $1 AND p.id = $2 FOR UPDATE OF p`, [ctx.orgId, id]);
  if (!row) throw new Fault('plan.not_found', NOT_FOUND);
  if (row.closedAt !== null) throw new Fault('plan.closed', 'This recovery is closed. A new breach opens a new plan.');
  return row;
}

/** Locks the open plan of a budget; null without one. */
export async function lockPlanOf(ctx: Context, budgetId: string): Promise<PlanRow | null> {
  const [row] = await ctx.tx.query<PlanRow>(
    `${SELECT_PLAN} WHERE p.org_id = $1 AND p.budget_id = $2 AND p.closed_at IS NULL FOR UPDATE OF p`,
    [ctx.orgId, budgetId],
  );
  return row ?? null;
}

const COLUMNS = {
  phase: 'phase',
  room: 'room',
  roomAt: 'room_at',
  roomBy: 'room_by',
  target: 'target_nano',
  targetLimit: 'target_limit_nano',
  targetPeriodId: 'target_period_id',
  percent: 'stage_percent',
  stageSince: 'stage_since',
  stageBudgetId: 'stage_budget_id',
  cause: 'cause',
  correctiveAction: 'corrective_action',
  causeAt: 'cause_at',
  causeBy: 'cause_by',
  deadlineAt: 'deadline_at',
  closedAt: 'closed_at',
  closedBy: 'closed_by',
  summary: 'summary',
} as const;
type Changeable = Pick<PlanRow, keyof typeof COLUMNS>;

const TIMES = new Set(['roomAt', 'stageSince', 'causeAt', 'deadlineAt', 'closedAt']);

/** Writes what changes of a locked plan. @returns the plan as it is then */
export async function changePlan(ctx: Context, plan: PlanRow, change: Partial<Changeable>, report: object | null = null): Promise<PlanRow> {
  const fields = Object.keys(change) as (keyof Changeable)[];
  const sets = fields.map((field, i) => `${COLUMNS[field]} = $${i + 4}`);
  const values = fields.map((field) =>
    TIMES.has(field) && change[field] !== null ? toIso(change[field] as Instant) : (change[field] ?? null),
  );
  await ctx.tx.query(
    `UPDATE recovery_plan SET ${[...sets, 'report = coalesce($3, report)', 'version = version + 1'].join(', ')} WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, plan.id, report, ...values],
  );
  return { ...plan, ...change, version: plan.version + 1 };
}
