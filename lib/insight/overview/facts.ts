import type { Context } from '@/lib/context';
import { days, minus, toIso } from '@/lib/kernel/instant';
import { sourcesOf, unpricedGroups } from '../data/health';
import type { AttentionFacts } from './attention';
import type { Waiting } from './waiting';

/** A source that nobody has heard for longer has been given up, and is no news. */
const FORGOTTEN_AFTER = days(31);
/** The dearest few of each kind; the rest stands where the act leads. */
const SHOWN = 5;

/** What beside budgets needs a person: silent sources, calls without a price, critical workloads that nothing refuses, spend that is nobody's. */
export async function factsOf(ctx: Context): Promise<Omit<AttentionFacts, 'budgets' | keyof Waiting>> {
  const since = minus(ctx.now, FORGOTTEN_AFTER);
  const sources = await sourcesOf(ctx.tx, ctx.orgId, ctx.now);
  const unpriced = await unpricedGroups(ctx.tx, ctx.orgId);
  return {
    silent: sources
      .filter((each) => each.stale && each.lastReceivedAt > since)
      .map(({ source, keyName, lastReceivedAt }) => ({ source, keyName, lastReceivedAt: toIso(lastReceivedAt) })),
    unpriced: unpriced.slice(0, SHOWN).map(({ provider, model, calls, upperNano }) => ({
      ...{ provider, model, calls: Number(calls), upperNanoUsd: String(upperNano) },
    })),
    observed: await ctx.tx.query<AttentionFacts['observed'][number]>(
      `SELECT w.slug AS workload, (SELECT min(b.id) FROM budget b WHERE b.org_id = w.org_id AND b.workload = w.slug AND b.stage_of IS NULL AND b.ended_at IS NULL) AS "budgetId"
         FROM workload w
        WHERE w.org_id = $1 AND w.criticality = 'critical' AND w.ended_at IS NULL
          AND NOT EXISTS (SELECT FROM budget b WHERE b.org_id = w.org_id AND b.workload = w.slug AND b.stage_of IS NULL AND b.ended_at IS NULL AND b.mode = 'enforce')
        ORDER BY w.slug LIMIT ${SHOWN}`,
      [ctx.orgId],
    ),
    unadopted: (
      await ctx.tx.query<{ workload: string; spent: bigint }>(
        `SELECT w.slug AS workload, sum(r.amount_nano)::int8 AS spent FROM workload w
           JOIN rollup_day r ON r.org_id = w.org_id AND r.workload = w.slug AND r.day >= ($2::timestamptz)::date
          WHERE w.org_id = $1 AND w.adopted_at IS NULL AND w.ended_at IS NULL
          GROUP BY w.slug HAVING sum(r.amount_nano) > 0 ORDER BY spent DESC LIMIT ${SHOWN}`,
        [ctx.orgId, toIso(since)],
      )
    ).map(({ workload, spent }) => ({ workload, spentNanoUsd: String(spent) })),
  };
}
