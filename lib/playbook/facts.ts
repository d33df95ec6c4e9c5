import { listPolicies } from '@/lib/breach/policy/reads';
import { listBudgets } from '@/lib/budget/read/budgets';
import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { unpricedGroups } from '@/lib/insight/data/health';
import { waitingOf } from '@/lib/insight/overview/waiting';
import { days, type Instant, minus, toIso } from '@/lib/kernel/instant';
import { listChannels } from '@/lib/notice/channel/reads';
import { listKeys } from '@/lib/org/key/reads';
import { listWorkloads } from '@/lib/workload/reads';
import type { Facts } from './checks/finding';

const MOST = 500;
const LOOKED_BACK = days(30);
const SPENDING: readonly string[] = ['usage:write', 'spend:authorize', 'gateway'];
const DAY_MS = 86_400_000;

/** Reads what guides ask of an organisation: from where its screens read it, so that both say the same. */
export async function readFacts(ctx: Context): Promise<Facts> {
  const [workloads, budgets, policies, channels, keys] = await Promise.all([
    listWorkloads(ctx, { limit: MOST }),
    listBudgets(ctx, { limit: MOST }),
    listPolicies(ctx, { limit: MOST, state: 'active' }),
    listChannels(ctx, { limit: MOST, state: 'live' }),
    listKeys(ctx, { limit: MOST, state: 'live' }),
  ]);
  const [unpriced, waiting, counts] = await Promise.all([unpricedGroups(ctx.tx, ctx.orgId), waitingOf(ctx), countsOf(ctx)]);
  const nowMs = Date.parse(toIso(ctx.now));
  return {
    workloads: workloads.items,
    budgets: budgets.items,
    hasDefaultPolicy: policies.items.some((each) => each.isDefault),
    channels: channels.items.map(({ name, lastAttempt }) => ({ name, ok: lastAttempt?.ok ?? null })),
    unpriced: unpriced.map(({ provider, model }) => ({ provider, model })),
    keys: keys.items.map(({ pins, scopes, lastUsedAt, createdAt }) => ({
      ...{ isPinned: pins.workload !== undefined, spends: scopes.some((scope) => SPENDING.includes(scope)) },
      idleDays: Math.floor((nowMs - Date.parse(lastUsedAt ?? createdAt)) / DAY_MS),
    })),
    admins: Number(counts.admins),
    breaches: waiting.breaches
      .filter((each) => each.phase === 'recovering')
      .map(({ id, budgetName, unsigned }) => ({ id, budgetName, unsigned: unsigned.length })),
    outcomes: { calls: Number(counts.calls), told: Number(counts.told) },
  };
}

async function countsOf(ctx: Context): Promise<{ admins: bigint; calls: bigint; told: bigint }> {
  const since: Instant = minus(ctx.now, LOOKED_BACK);
  return only(
    await ctx.tx.query<{ admins: bigint; calls: bigint; told: bigint }>(
      `SELECT (SELECT count(*) FROM member WHERE org_id = $1 AND role = 'admin' AND joined_at IS NOT NULL AND ended_at IS NULL) AS admins,
              coalesce((SELECT sum(calls) FROM rollup_day WHERE org_id = $1 AND day >= $2::timestamptz::date), 0)::int8 AS calls,
              (SELECT count(DISTINCT event_id) FROM outcome WHERE org_id = $1 AND at >= $2) AS told`,
      [ctx.orgId, toIso(since)],
    ),
  );
}
