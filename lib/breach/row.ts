import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import type { Instant } from '@/lib/kernel/instant';
import type { Policy, Station } from './policy/rules';

export const PHASES = ['open', 'contained', 'recovering', 'closed'] as const;
/** How far a breach has come; who answers for it is another question, and containment does not answer it. */
export type Phase = (typeof PHASES)[number];

/** Why a breach opened: a level was reached, spend runs too fast or towards its limit, a budget refuses what it should let pass, or the cause of its stop. */
export const BREACH_CAUSES = [
  'level',
  'burn',
  'forecast',
  'refusing',
  'charged',
  'no_room',
  'by_hand',
  'amount_lowered',
  'enforced',
  'resume_aborted',
  'grant_ended',
] as const;
export type BreachCause = (typeof BREACH_CAUSES)[number];

/**
 * The figures of the moment it opened, nano-dollars as text; with the share of the amount at which a level was reached, or what was
 * found of a burn rate or a forecast, in words after the budget's name.
 */
export type BreachFigures = { level?: number; finding?: string } & Record<
  'amountNanoUsd' | 'limitNanoUsd' | 'actualNanoUsd' | 'chargedNanoUsd' | 'heldNanoUsd' | 'committedNanoUsd',
  string
>;

export type BreachRow = Station & {
  id: string;
  budgetId: string;
  budgetName: string;
  budgetOwnerId: string | null;
  workload: string | null;
  periodId: string;
  cause: BreachCause;
  critical: boolean;
  openedAt: Instant;
  phase: Phase;
  figures: BreachFigures;
  policy: Policy;
  policyId: string | null;
  climb: number;
  nextClimbAt: Instant | null;
  answeredBy: string | null;
  answeredAt: Instant | null;
  answerNote: string | null;
  answerExpiresAt: Instant | null;
  foundCause: string | null;
  closedAt: Instant | null;
  closedBy: string | null;
  summary: string | null;
  version: number;
};

/** Reads `BreachRow`s: put a WHERE behind it. */
export const SELECT_BREACH = `SELECT r.id, r.budget_id AS "budgetId", b.name AS "budgetName", b.owner_id AS "budgetOwnerId", b.workload,
    r.period_id AS "periodId", r.cause, r.critical, r.opened_at AS "openedAt", r.phase, r.figures, r.policy, r.policy_id AS "policyId", r.climb,
    r.round, r.step, r.next_climb_at AS "nextClimbAt", r.answered_by AS "answeredBy", r.answered_at AS "answeredAt",
    r.answer_note AS "answerNote", r.answer_expires_at AS "answerExpiresAt", r.found_cause AS "foundCause", r.closed_at AS "closedAt",
    r.closed_by AS "closedBy", r.summary, r.version
  FROM breach r JOIN budget b ON b.org_id = r.org_id AND b.id = r.budget_id`;

const NOT_FOUND = 'There is no such breach here.';

/** @throws Fault breach.not_found */
export async function readBreachRow(ctx: Context, id: string): Promise<BreachRow> {
  const [row] = await ctx.tx.query<BreachRow>(`${SELECT_BREACH} WHERE r.org_id = $1 AND r.id = $2`, [ctx.orgId, id]);
  if (!row) throw new Fault('breach.not_found', NOT_FOUND);
  return row;
}

/**
 * Locks a breach, to answer it, climb or move it: whoever waits reads what the one before has written. Never take a period row's
 * lock after it (a crossing holds period rows first). @throws Fault breach.not_found
 */
export async function lockBreach(ctx: Context, id: string): Promise<BreachRow> {
  const [row] = await ctx.tx.query<BreachRow>(`${SELECT_BREACH} WHERE r.org_id = $1 AND r.id = $2 FOR UPDATE OF r`, [ctx.orgId, id]);
  if (!row) throw new Fault('breach.not_found', NOT_FOUND);
  return row;
}

/** Locks the breach of a budget that is not closed: there is one at most. */
export async function lockLiveBreach(ctx: Context, budgetId: string): Promise<BreachRow | null> {
  const [row] = await ctx.tx.query<BreachRow>(
    `${SELECT_BREACH} WHERE r.org_id = $1 AND r.budget_id = $2 AND r.closed_at IS NULL FOR UPDATE OF r`,
    [ctx.orgId, budgetId],
  );
  return row ?? null;
}
