import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { days, minus, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { amountFromDays, type Heard, tenthOfEverything } from '@/lib/playbook/proposed-amount';
import type { Guard } from './rules';

/** How far an organisation is guarded: each step asked of what is there now, none remembered. */
export async function readGuard(ctx: Context): Promise<Guard> {
  return only(
    await ctx.tx.query<Guard>(
      `SELECT EXISTS (SELECT FROM ledger_entry WHERE org_id = $1) AS call,
              EXISTS (SELECT FROM ledger_entry WHERE org_id = $1)
                AND coalesce((SELECT sum(calls) FROM rollup_day WHERE org_id = $1 AND basis = 'unpriced'), 0) = 0 AS priced,
              EXISTS (SELECT FROM budget WHERE org_id = $1 AND kind = 'scoped' AND stage_of IS NULL AND ended_at IS NULL) AS budget,
              EXISTS (SELECT FROM budget WHERE org_id = $1 AND mode = 'enforce' AND stage_of IS NULL AND ended_at IS NULL) AS enforce,
              EXISTS (SELECT FROM api_key WHERE org_id = $1 AND pin_workload IS NOT NULL AND revoked_at IS NULL
                        AND (expires_at IS NULL OR expires_at > $2)) AS pinned,
              (SELECT count(*) > 1 FROM member WHERE org_id = $1 AND role = 'admin' AND joined_at IS NOT NULL AND ended_at IS NULL) AS second_admin`,
      [ctx.orgId, toIso(ctx.now)],
    ),
  );
}

const LOOKED_BACK = days(30);

/** The workload that spent most in the last thirty days and has no budget of its own; null when there is none. */
async function heardOf(ctx: Context): Promise<Heard | null> {
  const [row] = await ctx.tx.query<{ slug: string; days: bigint; spent: bigint }>(
    `SELECT workload AS slug, count(DISTINCT day) AS days, sum(amount_nano)::int8 AS spent FROM rollup_day r
      WHERE org_id = $1 AND day >= ($2::timestamptz)::date AND basis IN ('priced', 'stated', 'adjusted', 'unpriced')
        AND NOT EXISTS (SELECT FROM budget b WHERE b.org_id = $1 AND b.workload = r.workload AND b.stage_of IS NULL AND b.ended_at IS NULL)
      GROUP BY workload ORDER BY spent DESC, slug LIMIT 1`,
    [ctx.orgId, toIso(minus(ctx.now, LOOKED_BACK))],
  );
  return row ? { slug: row.slug, days: Number(row.days), spentNano: row.spent as NanoUsd } : null;
}

/** A budget to begin with: for which workload, how much a month in which currency, and whether that comes from its own days. */
export type Proposal = { workload: string; amount: string; currency: string; fromDays: number | null };

/** Proposes a budget for the workload that was heard of and has none; null when there is none. */
export async function proposeBudget(ctx: Context): Promise<Proposal | null> {
  const heard = await heardOf(ctx);
  if (heard === null) return null;
  const amount = amountFromDays(heard);
  if (amount !== null) return { workload: heard.slug, amount, currency: 'USD', fromDays: heard.days };
  const [everything] = await ctx.tx.query<{ amount: string; currency: string }>(
    `SELECT amount::text AS amount, currency FROM budget WHERE org_id = $1 AND kind = 'everything' AND stage_of IS NULL`,
    [ctx.orgId],
  );
  const { amount: whole = '1000', currency = 'USD' } = everything ?? {};
  return { workload: heard.slug, amount: tenthOfEverything(whole), currency, fromDays: null };
}
