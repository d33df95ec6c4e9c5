import type { Scope } from '@/lib/budget/scope';
import type { LevelAction } from '@/lib/budget/threshold/schema';
import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { expireActions } from './end';
import { bumpContainment, insertAction, noteChange } from './rows';

/** A level that has been reached, and what it is to do. */
export type ReachedLevel = {
  budgetId: string;
  /** The breach that the crossing opens; null where nobody must answer. */
  breachId: string | null;
  /** The level's own name, the same for every period. */
  thresholdKey: string;
  /** The budget's scope; `unassigned` for the budget of all workloads that nobody has adopted. */
  scope: Scope;
  unassigned?: boolean;
  actions: readonly LevelAction[];
  /** Why, in a sentence for people: "support-bot reached 80 % of its budget." */
  reason: string;
  /** Until when its actions hold where no breach holds them: the end of the budget's period. */
  until: Instant;
};

/**
 * Does what a reached level says: `automatic` actions start, `ask` ones are prepared and wait for a yes. Called inside the
 * transaction that finds the crossing, under the shared budget set; what the level has set off before and still stands stays as it
 * is. With a breach the actions hold until it lets them go, else until the period ends.
 * @returns the ids of those that are new
 */
export async function applyLevel(ctx: Context, level: ReachedLevel): Promise<string[]> {
  if (level.actions.length === 0) return [];
  // One that has expired is over, though the job has not yet written it down.
  await expireActions(ctx);
  const { budgetId, breachId, thresholdKey, scope, unassigned = false, reason } = level;
  const expiresAt = breachId === null && level.until > ctx.now ? level.until : null;
  const ids: string[] = [];
  for (const { kind, params, mode } of level.actions) {
    const isStarted = mode === 'automatic';
    const what = { kind, params, mode, scope, unassigned, reason, cause: 'threshold', budgetId, thresholdKey, breachId } as const;
    const id = await insertAction(ctx, { ...what, expiresAt, isStarted });
    if (id === null) continue;
    ids.push(id);
    const said = { ...what, expiresAt: expiresAt === null ? null : toIso(expiresAt) };
    await noteChange(ctx, isStarted ? 'started' : 'prepared', id, said);
  }
  if (ids.length > 0) await bumpContainment(ctx);
  return ids;
}
