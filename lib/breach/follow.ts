import { readClock } from '@/lib/clock';
import { openActions } from '@/lib/containment/reads';
import type { Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { isTold } from '@/lib/org/told';
import { movePhase } from './phase';
import { lockBreach } from './row';
import { phaseNow } from './rules';

const RULE: Context['actor'] = { kind: 'system', id: 'containment', name: 'Containment' };

/** Breaches whose phase may not say any more what holds spend back; few are ever open at once. */
const MAY_DIFFER = `SELECT r.org_id AS "orgId", r.id FROM breach r
  CROSS JOIN LATERAL (SELECT EXISTS (
    SELECT FROM stop s WHERE s.org_id = r.org_id AND s.budget_id = r.budget_id AND s.lifted_at IS NULL AND NOT s.observed) AS stopped) h
  WHERE r.phase IN ('open', 'contained') AND ${isTold('r.org_id')} AND (r.phase = 'contained') <> h.stopped AND (r.phase = 'contained' OR h.stopped OR EXISTS (
    SELECT FROM containment_action a WHERE a.org_id = r.org_id AND a.breach_id = r.id AND a.started_at IS NOT NULL AND a.ended_at IS NULL
       AND (a.expires_at IS NULL OR a.expires_at > $1)))`;

/**
 * Moves breaches between open and contained, as stops and actions come and go: contained is one whose budget is stopped, or one of
 * whose actions is confirmed in force by every process. Escalation goes on either way, until somebody answers.
 * @param now the time handed in (tests); absent: the clock door's
 */
export async function followContainment(now?: Instant): Promise<void> {
  const at = now ?? (await readClock(reader()));
  for (const { orgId, id } of await reader().query<{ orgId: string; id: string }>(MAY_DIFFER, [toIso(at)])) {
    await transaction(async (tx) => {
      const ctx: Context = { actor: RULE, orgId, requestId: 'job', now: at, tx };
      const breach = await lockBreach(ctx, id);
      const held = await whatHolds(ctx, id, breach.budgetId);
      const phase = phaseNow(breach.phase, held !== null);
      if (phase === 'open' || phase === 'contained') await movePhase(ctx, breach, phase, held ?? 'Nothing holds it back any more.');
    });
  }
}

/** What holds the spend of a breach back now, in a sentence; null when nothing does. */
async function whatHolds(ctx: Context, breachId: string, budgetId: string): Promise<string | null> {
  const stops = await ctx.tx.query('SELECT FROM stop WHERE org_id = $1 AND budget_id = $2 AND lifted_at IS NULL AND NOT observed', [
    ...[ctx.orgId, budgetId],
  ]);
  if (stops.length > 0) return 'It is stopped.';
  const actions = await openActions(ctx, { breachId });
  return actions.some((each) => each.state === 'in_force') ? 'An action is in force.' : null;
}
