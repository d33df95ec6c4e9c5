import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Percent, StepKind } from './schema';

/** A change of the way back: what flows from then on, against which target. */
export type Step = {
  id: string;
  at: Instant;
  kind: StepKind;
  percent: Percent | null;
  targetNano: NanoUsd | null;
  byId: string;
  byName: string;
  byRule: boolean;
  why: string;
};

type NewStep = Pick<Step, 'kind' | 'percent' | 'targetNano' | 'why' | 'byRule'> & {
  /** Where it may be taken once only: for what. */
  subject?: string;
  figures?: Record<string, unknown>;
};

/** Writes a step of a locked plan. @returns false where a step for the same subject has been taken before */
export async function addStep(ctx: Context, planId: string, step: NewStep): Promise<boolean> {
  const rows = await ctx.tx.query(
    `INSERT INTO recovery_step (org_id, id, plan_id, at, kind, percent, target_nano, by_id, by_name, by_rule, why, subject, figures, n)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, coalesce(max(n), 0) + 1 FROM recovery_step WHERE org_id = $1 AND plan_id = $3
     ON CONFLICT (org_id, plan_id, kind, subject) WHERE subject IS NOT NULL DO NOTHING RETURNING id`,
    [
      ...[
        ctx.orgId,
        makeId('rst', ctx.now),
        planId,
        toIso(ctx.now),
        step.kind,
        step.percent,
        step.targetNano,
        ctx.actor.id,
        ctx.actor.name,
      ],
      ...[step.byRule, step.why, step.subject ?? null, step.figures ?? {}],
    ],
  );
  return rows.length > 0;
}

/** The steps of a plan, in the order in which they were taken. */
export const stepsOf = (ctx: Context, planId: string): Promise<Step[]> =>
  ctx.tx.query<Step>(
    `SELECT id, at, kind, percent, target_nano AS "targetNano", by_id AS "byId", by_name AS "byName", by_rule AS "byRule", why
       FROM recovery_step WHERE org_id = $1 AND plan_id = $2 ORDER BY n`,
    [ctx.orgId, planId],
  );
