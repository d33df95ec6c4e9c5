import type { Context } from '@/lib/context';
import { type Page, type PageQuery, page, placeOf } from '@/lib/kernel/pages';
import { type PlanRow, readPlanRow, SELECT_PLAN } from '../plan';
import type { PlanOut } from '../schema';
import { planView } from './view';

export type PlanFilter = PageQuery & { state: 'open' | 'closed' | 'all'; budgetId?: string | undefined; breachId?: string | undefined };

/** One plan on live figures. @throws Fault plan.not_found */
export const readPlan = async (ctx: Context, id: string): Promise<PlanOut> => planView(ctx, await readPlanRow(ctx, id));

/** Plans, newest first. */
export async function listPlans(ctx: Context, filter: PlanFilter): Promise<Page<PlanOut>> {
  const place = placeOf(filter.cursor, 1);
  const rows = await ctx.tx.query<PlanRow>(
    `${SELECT_PLAN} WHERE p.org_id = $1 AND ($2::text IS NULL OR p.id < $2) AND ($3 = 'all' OR (p.closed_at IS NULL) = ($3 = 'open'))
        AND ($4::text IS NULL OR p.budget_id = $4) AND ($5::text IS NULL OR p.breach_id = $5) ORDER BY p.id DESC LIMIT $6`,
    [ctx.orgId, place?.[0] ?? null, filter.state, filter.budgetId ?? null, filter.breachId ?? null, filter.limit + 1],
  );
  const paged = page(
    rows,
    filter.limit,
    (row) => row,
    (row) => [row.id],
  );
  const items: PlanOut[] = [];
  for (const row of paged.items) items.push(await planView(ctx, row));
  return { ...paged, items };
}
