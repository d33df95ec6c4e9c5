import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';

export const EVENT_KINDS = [
  ...['opened', 'level_reached', 'stop_raised', 'told', 'reminded', 'acknowledged', 'answer_expired', 'cause_recorded'],
  ...['kept_stopped', 'grant_asked', 'phase', 'closed', 'reopened', 'note'],
] as const;
/** What the time line of a breach says; lifted stops and the lives of actions are read from their own rows. */
export type BreachEventKind =
  | 'opened'
  | 'level_reached'
  | 'stop_raised'
  | 'told'
  | 'reminded'
  | 'acknowledged'
  | 'answer_expired'
  | 'cause_recorded'
  | 'kept_stopped'
  | 'grant_asked'
  | 'phase'
  | 'closed'
  | 'reopened'
  | 'note';

/** Adds a line to a breach's time line, in the transaction of what it tells. @param detail plain values, money as text */
export async function addEvent(ctx: Context, breachId: string, kind: BreachEventKind, detail: object = {}): Promise<void> {
  await ctx.tx.query(
    `INSERT INTO breach_event (org_id, id, breach_id, at, kind, actor_id, actor_name, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [ctx.orgId, makeId('bev', ctx.now), breachId, toIso(ctx.now), kind, ctx.actor.id, ctx.actor.name, detail],
  );
}
