import type { Context } from '@/lib/context';
import { days, type Instant, minus, toIso } from '@/lib/kernel/instant';

/** How far back a workload's calls are looked at, and at how many of them at most: those just before the action. */
const LOOKED_BACK = days(7);
const CALLS_AT_MOST = 1_000;

/**
 * Works out what the calls that actions refused usually come to: of the workload's last settled calls before the action, how much
 * of what was set aside was spent. Once for each action and workload; a workload without a settled call has no usual.
 * @returns how many were worked out
 */
export async function measureUsual(ctx: Context): Promise<number> {
  const waiting = await ctx.tx.query<{ actionId: string; workload: string; startedAt: Instant }>(
    `SELECT DISTINCT e.action_id AS "actionId", e.workload, a.started_at AS "startedAt"
       FROM containment_action a JOIN containment_effect e ON e.org_id = a.org_id AND e.action_id = a.id AND e.asked_nano > 0
      WHERE a.org_id = $1 AND a.started_at IS NOT NULL AND a.kind <> 'route'
        AND NOT EXISTS (SELECT FROM containment_usual u WHERE u.org_id = a.org_id AND u.action_id = a.id AND u.workload = e.workload)`,
    [ctx.orgId],
  );
  for (const { actionId, workload, startedAt } of waiting) await measureOne(ctx, actionId, workload, startedAt);
  return waiting.length;
}

async function measureOne(ctx: Context, actionId: string, workload: string, before: Instant): Promise<void> {
  await ctx.tx.query(
    `INSERT INTO containment_usual (org_id, action_id, workload, calls, settled_nano, held_nano)
     SELECT $1, $2, $3, count(*), coalesce(sum(s.amount_nano), 0), coalesce(sum(h.held_nano), 0)
       FROM (SELECT hold_id, amount_nano FROM ledger_entry
              WHERE org_id = $1 AND workload = $3 AND kind = 'settlement' AND basis = 'priced' AND booked_at > $4 AND booked_at < $5
              ORDER BY booked_at DESC, id DESC LIMIT ${CALLS_AT_MOST}) s
       JOIN hold h ON h.id = s.hold_id AND h.org_id = $1
     ON CONFLICT DO NOTHING`,
    [ctx.orgId, actionId, workload, toIso(minus(before, LOOKED_BACK)), toIso(before)],
  );
}
