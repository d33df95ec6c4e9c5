import type { Context } from '@/lib/context';
import { formatMoney } from '@/lib/kernel/format-money';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { Period } from '@/lib/kernel/period';
import type { BudgetView } from '../read/view';
import type { Limit } from './lines';
import type { BurnUpOut } from './schema';

type Pin = { at: Instant; kind: BurnUpOut['pins'][number]['kind']; label: string };
type Stop = { raisedAt: Instant; liftedAt: Instant | null; observed: boolean; liftedWhy: string | null };

/** What happened to a budget in a span: its stops and their ends, prices that people set within its scope, amounts that moved. */
export async function eventPins(ctx: Context, budget: BudgetView, span: Period, limits: Limit[]): Promise<Pin[]> {
  const values = [ctx.orgId, budget.id, toIso(span.startsAt), toIso(span.endsAt)];
  const stops = await ctx.tx.query<Stop>(
    `SELECT raised_at AS "raisedAt", lifted_at AS "liftedAt", observed, lifted_why AS "liftedWhy" FROM stop
      WHERE org_id = $1 AND budget_id = $2 AND raised_at < $4 AND (lifted_at IS NULL OR lifted_at >= $3) ORDER BY raised_at`,
    values,
  );
  const prices = await ctx.tx.query<{ at: Instant; provider: string; model: string }>(
    `SELECT created_at AS at, provider, model FROM price p WHERE org_id = $1 AND created_at >= $2 AND created_at < $3
        AND ($4::text IS NULL OR provider = $4) AND ($5::text IS NULL OR model = $5) GROUP BY created_at, provider, model ORDER BY created_at`,
    [ctx.orgId, toIso(span.startsAt), toIso(span.endsAt), budget.scope.provider ?? null, budget.scope.model ?? null],
  );
  const isInside = (at: Instant | null): at is Instant => at !== null && at >= span.startsAt && at < span.endsAt;
  return [
    ...stops.flatMap(({ raisedAt, observed }): Pin[] =>
      isInside(raisedAt) ? [{ at: raisedAt, kind: 'stop', label: observed ? 'Would have stopped' : 'Stopped' }] : [],
    ),
    ...stops.flatMap(({ liftedAt, liftedWhy }): Pin[] =>
      isInside(liftedAt) ? [{ at: liftedAt, kind: 'lift', label: `Lifted: ${liftedWhy}` }] : [],
    ),
    ...prices.map(({ at, provider, model }): Pin => ({ at, kind: 'price', label: `Price of ${provider} / ${model} set` })),
    ...limits.slice(1).map((limit, i): Pin => ({ at: limit.at, kind: 'amount', label: movedLabel(limits[i] as Limit, limit) })),
  ];
}

const movedLabel = (before: Limit, after: Limit): string =>
  before.amount === after.amount
    ? `Stop moved to ${formatMoney(after.hardStop + after.granted)}`
    : `Amount moved from ${formatMoney(before.amount)} to ${formatMoney(after.amount)}`;
