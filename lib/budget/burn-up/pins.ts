import type { Context } from '@/lib/context';
import { formatMoney } from '@/lib/kernel/format-money';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { Period } from '@/lib/kernel/period';
import type { BudgetView } from '../read/view';
import { actionPins, recoveryPins } from './act-pins';
import type { Limit, Pin } from './lines';

type Stop = { raisedAt: Instant; liftedAt: Instant | null; observed: boolean; liftedWhy: string | null };

/** What happened to a budget in a span: stops and their ends, prices that people set within its scope, amounts that moved, what contained it, its way back. */
export async function eventPins(ctx: Context, budget: BudgetView, span: Period, limits: Limit[]): Promise<Pin[]> {
  const href = `/budgets/${budget.id}#history`;
  const pins = [
    ...(await stopPins(ctx, budget, span)).map((pin) => ({ ...pin, href })),
    ...(await pricePins(ctx, budget, span)).map((pin) => ({ ...pin, href: '/settings/prices' })),
    ...limits.slice(1).map((limit, i): Pin => ({ at: limit.at, kind: 'amount', label: movedLabel(limits[i] as Limit, limit), href })),
    ...(await actionPins(ctx, budget, span)),
    ...(await recoveryPins(ctx, budget, span)),
  ];
  return pins.filter(({ at }) => at >= span.startsAt && at < span.endsAt);
}

async function stopPins(ctx: Context, budget: BudgetView, span: Period): Promise<Pin[]> {
  const stops = await ctx.tx.query<Stop>(
    `SELECT raised_at AS "raisedAt", lifted_at AS "liftedAt", observed, lifted_why AS "liftedWhy" FROM stop
      WHERE org_id = $1 AND budget_id = $2 AND raised_at < $4 AND (lifted_at IS NULL OR lifted_at >= $3) ORDER BY raised_at`,
    [ctx.orgId, budget.id, toIso(span.startsAt), toIso(span.endsAt)],
  );
  return stops.flatMap(({ raisedAt, observed, liftedAt, liftedWhy }): Pin[] => [
    { at: raisedAt, kind: 'stop', label: observed ? 'Would have stopped' : 'Stopped' },
    ...(liftedAt === null ? [] : [{ at: liftedAt, kind: 'lift' as const, label: `Lifted: ${liftedWhy}` }]),
  ]);
}

async function pricePins(ctx: Context, budget: BudgetView, span: Period): Promise<Pin[]> {
  const prices = await ctx.tx.query<{ at: Instant; provider: string; model: string }>(
    `SELECT created_at AS at, provider, model FROM price p WHERE org_id = $1 AND created_at >= $2 AND created_at < $3
        AND ($4::text IS NULL OR provider = $4) AND ($5::text IS NULL OR model = $5) GROUP BY created_at, provider, model ORDER BY created_at`,
    [ctx.orgId, toIso(span.startsAt), toIso(span.endsAt), budget.scope.provider ?? null, budget.scope.model ?? null],
  );
  return prices.map(({ at, provider, model }) => ({ at, kind: 'price', label: `Price of ${provider} / ${model} set` }));
}

const movedLabel = (before: Limit, after: Limit): string =>
  before.amount === after.amount
    ? `Stop moved to ${formatMoney(after.hardStop + after.granted)}`
    : `Amount moved from ${formatMoney(before.amount)} to ${formatMoney(after.amount)}`;
