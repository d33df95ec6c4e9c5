import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd, shareOf } from '@/lib/kernel/money';
import type { ActiveBudget } from './set';
import { LOWEST_LEVEL } from './threshold/firing';

/** One period of one budget: which row, and from when to when. These facts never change, so they may be cached. */
export type PeriodSpan = { id: string; budgetId: string; startsAt: Instant; endsAt: Instant };

const NANO_PER_UNIT = 1_000_000_000n;

/** Decimal text times a rate, floored: `("1500.00", 1e9)` is $1,500 in nano-dollars. */
export function amountInNano(amount: string, rateNano: bigint): NanoUsd {
  const [whole = '0', fraction = ''] = amount.split('.');
  return nanoUsd((BigInt(whole + fraction.slice(0, 6).padEnd(6, '0')) * rateNano) / 1_000_000n);
}

/** Nano-dollars for one unit of a currency, as the organisation has set it. @throws Fault currency.no_rate */
export async function rateOf(ctx: Context, currency: string): Promise<bigint> {
  if (currency === 'USD') return NANO_PER_UNIT;
  const [rate] = await ctx.tx.query<{ nano_usd_per_unit: bigint }>(
    'SELECT nano_usd_per_unit FROM currency_rate WHERE org_id = $1 AND currency = $2',
    [ctx.orgId, currency],
  );
  if (!rate) throw new Fault('currency.no_rate', `Set the rate of ${currency} in Settings first: amounts are turned into dollars by it.`);
  return rate.nano_usd_per_unit;
}

/**
 * Makes the row of one period of a budget, or finds the one another process has just made. The amount is the budget's, or the one
 * announced for the next period; the rate is fixed here. A stop of a day or week budget ends with its period; any other stays.
 */
export async function makePeriod(ctx: Context, budget: ActiveBudget, span: { startsAt: Instant; endsAt: Instant }): Promise<PeriodSpan> {
  const rate = await rateOf(ctx, budget.currency);
  const latest = only(
    await ctx.tx.query<{ starts_at: Instant | null }>(
      'SELECT max(starts_at) AS starts_at FROM budget_period WHERE org_id = $1 AND budget_id = $2',
      [ctx.orgId, budget.id],
    ),
  ).starts_at;
  const isNewest = latest === null || span.startsAt > latest;
  const announced = isNewest && latest !== null ? budget.nextAmount : null;
  const amountText = announced ?? budget.amount;
  const amount = amountInNano(amountText, rate);
  const id = makeId('prd', ctx.now);
  const made = await ctx.tx.query(
    `INSERT INTO budget_period (org_id, id, budget_id, starts_at, ends_at, amount_nano, hard_stop_nano, rate_nano, enforcing, created_at, next_level_ppm, stage)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, ${LOWEST_LEVEL('$1', '$3')}, $11 ON CONFLICT (org_id, budget_id, starts_at) DO NOTHING RETURNING id`,
    [
      ctx.orgId,
      id,
      budget.id,
      toIso(span.startsAt),
      toIso(span.endsAt),
      amount,
      shareOf(amount, budget.stopAt),
      rate,
      budget.enforcing,
      toIso(ctx.now),
      budget.stageOf !== null,
    ],
  );
  if (made.length === 0) return { ...span, budgetId: budget.id, id: await idOf(ctx, budget, span.startsAt) };
  await ctx.tx.query(
    `INSERT INTO limit_change (org_id, period_id, at, amount_nano, hard_stop_nano, granted_nano)
     SELECT org_id, id, starts_at, amount_nano, hard_stop_nano, granted_nano FROM budget_period WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, id],
  );
  if (announced !== null) await takeAnnounced(ctx, budget, announced);
  if (isNewest) await carryStop(ctx, budget, id, span.startsAt);
  return { ...span, budgetId: budget.id, id };
}

async function idOf(ctx: Context, budget: ActiveBudget, startsAt: Instant): Promise<string> {
  const rows = await ctx.tx.query<{ id: string }>('SELECT id FROM budget_period WHERE org_id = $1 AND budget_id = $2 AND starts_at = $3', [
    ctx.orgId,
    budget.id,
    toIso(startsAt),
  ]);
  return only(rows).id;
}

/** The amount announced for the next period becomes the budget's. */
async function takeAnnounced(ctx: Context, budget: ActiveBudget, amount: string): Promise<void> {
  await ctx.tx.query('UPDATE budget SET amount = $3, next_amount = NULL, version = version + 1 WHERE org_id = $1 AND id = $2', [
    ctx.orgId,
    budget.id,
    amount,
  ]);
  await ctx.tx.query('UPDATE organisation SET budget_set_version = budget_set_version + 1 WHERE id = $1', [ctx.orgId]);
}

/**
 * An open stop stays over a new month, quarter or year (a fresh budget is not stability); a new day or week lifts it, once it has
 * begun: a record of a clock that runs ahead may bring its period before.
 */
async function carryStop(ctx: Context, budget: ActiveBudget, periodId: string, startsAt: Instant): Promise<void> {
  if (budget.periodKind !== 'day' && budget.periodKind !== 'week') {
    await ctx.tx.query(
      `UPDATE budget_period SET stop_id = s.id FROM stop s
        WHERE budget_period.org_id = $1 AND budget_period.id = $2 AND s.org_id = $1 AND s.budget_id = $3 AND s.lifted_at IS NULL`,
      [ctx.orgId, periodId, budget.id],
    );
    return;
  }
  if (startsAt <= ctx.now) await liftEarlierStop(ctx, budget.id, periodId);
}

/** Lifts the stop of an earlier period of a day or week budget. */
export async function liftEarlierStop(ctx: Context, budgetId: string, periodId: string): Promise<void> {
  const why = 'A new period began.';
  const lifted = await ctx.tx.query<{ id: string }>(
    `UPDATE stop SET lifted_at = $4, lifted_by = 'system', lifted_why = $5, version = version + 1
      WHERE org_id = $1 AND budget_id = $2 AND period_id <> $3 AND lifted_at IS NULL RETURNING id`,
    [ctx.orgId, budgetId, periodId, toIso(ctx.now), why],
  );
  for (const { id } of lifted) await audit(ctx, 'stop.lifted', { kind: 'stop', id }, null, { why });
}
