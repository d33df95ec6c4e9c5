import type { BudgetOut } from '@/lib/budget/schema';
import type { Context } from '@/lib/context';
import { days, type Instant, minus, parseInstant } from '@/lib/kernel/instant';
import { listWorkloads } from '@/lib/workload/reads';
import type { WorkloadOut } from '@/lib/workload/schema';
import { booksOf } from '../books';
import { spendOf } from '../spend';
import { filtersOf } from './budget-filters';

/** How far back the workloads of a budget are looked for. */
const LOOKED_BACK = days(30);
const MOST = 500;

/** Who makes a budget's bound true for one workload that spends under it: its programs by asking first, or nobody until they report. */
export type Bound = Pick<WorkloadOut, 'slug' | 'enforcement' | 'criticality'>;

/** The workloads that have spent under a budget lately, dearest first, and whether each asks first or reports afterwards. */
export async function boundsOf(ctx: Context, budget: BudgetOut): Promise<Bound[]> {
  const begun = parseInstant(budget.current.startsAt) as Instant;
  const from = Math.min(Math.max(begun, minus(ctx.now, LOOKED_BACK)), ctx.now - 1) as Instant;
  const question = { from, to: ctx.now, groupBy: ['workload' as const], filters: await filtersOf(ctx, budget.id), granularity: null };
  const { groups } = await spendOf(ctx.tx, await booksOf(ctx.tx, ctx.orgId), question, ctx.now);
  const { items } = await listWorkloads(ctx, { limit: MOST });
  const named = typeof budget.scope.workload === 'string' ? [budget.scope.workload] : [];
  const slugs = [...new Set([...groups.map((group) => group.key[0] ?? ''), ...named])];
  return slugs.flatMap((slug) => {
    const found = items.find((each) => each.slug === slug);
    return found ? [{ slug, enforcement: found.enforcement, criticality: found.criticality }] : [];
  });
}
