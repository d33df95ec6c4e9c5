import type { Context } from '@/lib/context';
import { hours, type Instant, parseInstant, toIso } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd } from '@/lib/kernel/money';
import type { Period } from '@/lib/kernel/period';
import type { BudgetView } from '../read/view';
import type { BurnUpOut } from './schema';

/** What other models have saved of a budget's spend, measured call by call, by the actions that are in force now. */
export type Saving = { since: Instant; saved: NanoUsd };

/** So long is a saving watched before it is carried on: a few calls say nothing of a month. */
const WATCHED = hours(1);

/**
 * The saving of reroutes that are in force now, in the running period: those that the budget's own levels set off, and where its
 * scope is one workload and nothing else, any that met that workload. Null where nothing was saved.
 */
export async function savingInForce(ctx: Context, budget: BudgetView, span: Period): Promise<Saving | null> {
  const { workload, tags, ...others } = budget.scope;
  const whole = Object.keys(tags).length === 0 && Object.values(others).every((value) => value === undefined) ? (workload ?? null) : null;
  const [row] = await ctx.tx.query<{ since: Instant | null; saved: bigint }>(
    `SELECT min(greatest(a.started_at, $3)) AS since, coalesce(sum(e.saved_nano), 0)::int8 AS saved
       FROM containment_action a JOIN containment_effect e ON e.org_id = a.org_id AND e.action_id = a.id AND e.hour >= $3
      WHERE a.org_id = $1 AND a.kind = 'route' AND a.started_at IS NOT NULL AND a.ended_at IS NULL AND (a.expires_at IS NULL OR a.expires_at > $4)
        AND (a.budget_id = $2 OR e.workload = $5)`,
    [ctx.orgId, budget.id, toIso(span.startsAt), toIso(ctx.now), whole],
  );
  return row?.since != null && row.saved > 0n ? { since: row.since, saved: nanoUsd(row.saved) } : null;
}

/**
 * The forecast as it would be without what actions in force save: from now on it goes on by as much more as they have saved an hour
 * so far. Null without a forecast, and while they have not been watched for an hour.
 */
export function branchOf(forecast: BurnUpOut['forecast'], saving: Saving | null, now: Instant): BurnUpOut['withoutActions'] {
  if (forecast === null || saving === null || now - saving.since < WATCHED) return null;
  const { since, saved } = saving;
  const points = forecast.points.flatMap(({ at, medianNanoUsd }) => {
    const ahead = BigInt((parseInstant(at) ?? now) - now);
    return ahead <= 0n ? [] : [{ at, nanoUsd: String(BigInt(medianNanoUsd) + (saved * ahead) / BigInt(now - since)) }];
  });
  return points.length === 0 ? null : { since: toIso(since), savedNanoUsd: String(saved), points };
}
