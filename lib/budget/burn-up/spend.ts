import type { Context } from '@/lib/context';
import { type Instant, instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { type Calendar, dayStart, localDay, type Period } from '@/lib/kernel/period';
import { COVERS_ENTRY } from '../covers-sql';
import type { BudgetView } from '../read/view';
import type { Scope } from '../scope';
import { bucketOf, type Grain, isAligned } from './buckets';

type Sum = { at: Instant; nano: bigint };

/** The labels that a scope names, as the daily label rollup keeps them. */
export const labelsOf = ({ team, costCentre, customer, tags }: Scope): [label: string, value: string][] => [
  ...(team === undefined ? [] : [['team', team] as [string, string]]),
  ...(costCentre === undefined ? [] : [['cost_centre', costCentre] as [string, string]]),
  ...(customer === undefined ? [] : [['customer', customer] as [string, string]]),
  ...Object.entries(tags).map(([tag, value]): [string, string] => [`tag:${tag}`, value]),
];

/**
 * What the rollups say of a scope; null where none is kept by what it names. One label is in a daily rollup of its own, beside
 * workload and model only. What they say may be short of the truth (a model that another answered for, a rare value folded into
 * "(other)", a tag that is not registered), so it counts only when it comes to the figure that is known.
 */
function fromRollups(ctx: Context, budget: BudgetView, cut: Cut): Promise<Sum[]> | null {
  if (budget.kind === 'unassigned' || !isAligned(cut.calendar, cut.grain, cut.span)) return null;
  const [label, second] = labelsOf(budget.scope);
  if (!label) return cut.grain === 'hour' ? fromHours(ctx, budget, cut) : fromDays(ctx, budget, cut);
  const { feature, provider, trafficStage } = budget.scope;
  const isKept = second === undefined && (feature ?? provider ?? trafficStage) === undefined && cut.grain === 'day';
  return isKept ? fromLabels(ctx, budget, cut, label) : null;
}

/** Where a burn-up is cut into buckets. */
export type Cut = { calendar: Calendar; grain: Grain; span: Period; ends: Instant[] };

/**
 * Known spend of a budget's scope in each bucket of a span, nano-dollars: from rollups where they come to the period's own figure,
 * from the ledger otherwise. @param actual the period's own figure, which the buckets add up to
 */
export async function spendByBucket(ctx: Context, budget: BudgetView, cut: Cut, actual: NanoUsd): Promise<bigint[]> {
  const sums = await fromRollups(ctx, budget, cut);
  const rolled = sums && inBuckets(cut, sums);
  if (rolled && rolled.reduce((sum, each) => sum + each, 0n) === actual) return rolled;
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

async function fromLabels(
  ctx: Context,
  { scope }: BudgetView,
  { calendar, span, ends }: Cut,
  [label, value]: [string, string],
): Promise<Sum[]> {
  const days = [span.startsAt, ...ends.slice(0, -1)].map((at) => localDay(calendar, at));
  const rows = await ctx.tx.query<{ day: string; nano: bigint }>(
    `SELECT day, sum(amount_nano)::int8 AS nano FROM rollup_label
      WHERE org_id = $1 AND day = ANY($2::date[]) AND label = $3 AND value = $4 AND basis IN ('priced', 'stated', 'adjusted')
        AND ($5::text IS NULL OR workload = $5) AND ($6::text IS NULL OR model = $6) GROUP BY day`,
    [ctx.orgId, days, label, value, scope.workload ?? null, scope.model ?? null],
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
