import { audit } from '@/lib/audit/write';
import { charged, committed, type Figures, limit } from '@/lib/budget/figures';
import { liftEarlierStop } from '@/lib/budget/make-period';
import type { Meter } from '@/lib/budget/meter';
import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';

export const STOP_CAUSES = ['charged', 'no_room', 'by_hand', 'amount_lowered', 'enforced', 'resume_aborted', 'grant_ended'] as const;
/** `charged`: spend reached the limit · `no_room`: an ordinary call would not have fitted, holds left aside · or a person's act. */
export type StopCause = (typeof STOP_CAUSES)[number];

/** The figures of a period as they are kept with a stop and a breach, nano-dollars as text. */
export const figuresOf = (m: Figures) => ({
  amountNanoUsd: String(m.amount),
  limitNanoUsd: String(limit(m)),
  actualNanoUsd: String(m.actual),
  chargedNanoUsd: String(charged(m)),
  heldNanoUsd: String(m.held),
  committedNanoUsd: String(committed(m)),
});

/**
 * Raises the stop of a budget in the transaction that found it, and marks the locked period with it. A budget has at most one open
 * stop (a partial unique index holds it); a budget that observes raises one that refuses nothing. What follows from it (containment,
 * breach, notices) is the crossing's, in the same transaction: `lib/spend/cross.ts`.
 * @returns the stop's id
 */
export async function raiseStop(ctx: Context, m: Meter, cause: StopCause, reason: string | null = null): Promise<string> {
  // Only a stop of an earlier day or week can be open where the period carries none.
  await liftEarlierStop(ctx, m.budgetId, m.id);
  const id = makeId('stp', ctx.now);
  const figures = figuresOf(m);
  await ctx.tx.query(
    `INSERT INTO stop (org_id, id, budget_id, period_id, raised_at, cause, observed, figures, reason, raised_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [ctx.orgId, id, m.budgetId, m.id, toIso(ctx.now), cause, !m.enforcing, figures, reason, ctx.actor.id],
  );
  m.stopId = id;
  m.raised = { stopId: id, cause, reason };
  m.changed = true;
  await audit(ctx, 'stop.raised', { kind: 'stop', id }, null, { budgetId: m.budgetId, cause, observed: !m.enforcing, reason, ...figures });
  return id;
}
