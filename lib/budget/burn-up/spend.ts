import type { Context } from '@/lib/context';
import { type Instant, instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { type Calendar, dayStart, localDay, type Period } from '@/lib/kernel/period';
import { COVERS_ENTRY } from '../covers-sql';
import type { BudgetView } from '../read/view';
import { bucketOf, type Grain, isAligned } from './buckets';

type Sum = { at: Instant; nano: bigint };

/** What rollups are kept by. They have the model that answered, a scope looks at the one asked for: see `spendByBucket`. */
const canAskRollups = (budget: BudgetView): boolean => {
  if (budget.kind === 'unassigned') return false;
  const { workload: _, feature: __, trafficStage: ___, provider: ____, model: _____, tags, ...others } = budget.scope;
  return Object.keys(others).length === 0 && Object.keys(tags).length === 0;
};

/** Where a burn-up is cut into buckets. */
export type Cut = { calendar: Calendar; grain: Grain; span: Period; ends: Instant[] };

/**
 * Known spend of a budget's scope in each bucket of a span, nano-dollars. Rollups answer where they are kept by what the scope names
 * and come to the period's own figure; the ledger does otherwise (tags, customers, teams, a call that another model answered).
 * @param actual the period's own figure, which the buckets add up to
 */
export async function spendByBucket(ctx: Context, budget: BudgetView, cut: Cut, actual: NanoUsd): Promise<bigint[]> {
  if (canAskRollups(budget) && isAligned(cut.calendar, cut.grain, cut.span)) {
    const rolled = inBuckets(cut, await (cut.grain === 'hour' ? fromHours(ctx, budget, cut) : fromDays(ctx, budget, cut)));
    if (rolled.reduce((sum, each) => sum + each, 0n) === actual) return rolled;
  }
  return inBuckets(cut, await fromLedger(ctx, budget, cut));
}

function inBuckets({ ends }: Cut, sums: Sum[]): bigint[] {
  const buckets = ends.map(() => 0n);
  for (const { at, nano } of sums) buckets[bucketOf(ends, at)]! += nano;
  return buckets;
}

const OF_SCOPE = `basis IN ('priced', 'stated', 'adjusted') AND ($4::text IS NULL OR workload = $4) AND ($5::text IS NULL OR feature = $5)
  AND ($6::text IS NULL OR traffic_stage = $6) AND ($7::text IS NULL OR provider = $7) AND ($8::text IS NULL OR model = $8)`;
const scopeValues = ({ scope }: BudgetView) =>
  [scope.workload, scope.feature, scope.trafficStage, scope.provider, scope.model].map((each) => each ?? null);

const fromHours = (ctx: Context, budget: BudgetView, { span }: Cut): Promise<Sum[]> =>
  ctx.tx.query<Sum>(
    `SELECT hour AS at, sum(amount_nano)::int8 AS nano FROM rollup_hour WHERE org_id = $1 AND hour >= $2 AND hour < $3 AND ${OF_SCOPE} GROUP BY hour`,
    [ctx.orgId, toIso(span.startsAt), toIso(span.endsAt), ...scopeValues(budget)],
  );

async function fromDays(ctx: Context, budget: BudgetView, { calendar, span }: Cut): Promise<Sum[]> {
  const rows = await ctx.tx.query<{ day: string; nano: bigint }>(
    `SELECT day, sum(amount_nano)::int8 AS nano FROM rollup_day WHERE org_id = $1 AND day >= $2::date AND day <= $3::date AND ${OF_SCOPE} GROUP BY day`,
    [ctx.orgId, localDay(calendar, span.startsAt), localDay(calendar, instant(span.endsAt - 1)), ...scopeValues(budget)],
  );
  return rows.map(({ day, nano }) => ({ at: dayStart(calendar, day), nano }));
}

async function fromLedger(ctx: Context, budget: BudgetView, { span, ends }: Cut): Promise<Sum[]> {
  const bounds = [span.startsAt, ...ends.slice(0, -1)];
  const rows = await ctx.tx.query<{ bucket: number; nano: bigint }>(
    `SELECT width_bucket(e.booked_at, $5::timestamptz[]) AS bucket, sum(e.amount_nano)::int8 AS nano FROM budget b
       JOIN ledger_entry e ON e.org_id = b.org_id AND e.booked_at >= $3 AND e.booked_at < $4 AND e.basis IN ('priced', 'stated', 'adjusted')
        AND ${COVERS_ENTRY}
      WHERE b.org_id = $1 AND b.id = $2 GROUP BY 1`,
    [ctx.orgId, budget.id, toIso(span.startsAt), toIso(span.endsAt), bounds.map(toIso)],
  );
  return rows.map(({ bucket, nano }) => ({ at: bounds[bucket - 1] as Instant, nano }));
}
