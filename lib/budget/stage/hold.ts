import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd } from '@/lib/kernel/money';
import { lockCurrent, noteLimit } from '../current';
import { above } from '../figures';
import { bumpBudgetSet } from '../insert';
import { noteExcess, writeMeters } from '../meter';
import { freshBudgetSet } from '../set';

/** An allowance as a budget's amount says it: dollars with six decimals, rounded down. */
function dollarsOf(allowance: NanoUsd): string {
  const micros = (allowance / 1_000n).toString().padStart(7, '0');
  return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
}

/** An allowance as it is held: whole millionths of a dollar. */
export const heldAllowance = (allowance: NanoUsd): NanoUsd => nanoUsd(allowance - (allowance % 1_000n));

/**
 * Begins to hold a budget's calls to an allowance an hour, from now on: a hidden budget of the same scope, admitted, held and settled
 * like any other. With the budget set held alone. @returns the hidden budget's id
 */
export async function openStage(ctx: Context, budgetId: string, allowance: NanoUsd): Promise<string> {
  const id = makeId('bud', ctx.now);
  await ctx.tx.query(
    `INSERT INTO budget (org_id, id, name, kind, workload, feature, team, cost_centre, provider, model, traffic_stage, customer, tags, period_kind,
                         amount, currency, mode, leases, on_unpriced, key_hold_ppm, created_by, created_at, stage_of)
     SELECT org_id, $3, name, kind, workload, feature, team, cost_centre, provider, model, traffic_stage, customer, tags, 'hour',
            $4, 'USD', 'enforce', false, 'allow', 1000000, $5, $6, id FROM budget WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, budgetId, id, dollarsOf(allowance), ctx.actor.id, toIso(ctx.now)],
  );
  await ctx.tx.query(
    `INSERT INTO threshold (org_id, id, budget_id, at_ppm, kind, must_answer, tell, created_at) VALUES ($1, $2, $3, 1000000, 'stop', false, '{}', $4)`,
    [ctx.orgId, makeId('thr', ctx.now), id, toIso(ctx.now)],
  );
  await bumpBudgetSet(ctx);
  return id;
}

/** Holds to another allowance from now on, in the hour that runs too. With the budget set held alone. */
export async function changeStage(ctx: Context, stageId: string, allowance: NanoUsd): Promise<void> {
  await ctx.tx.query('UPDATE budget SET amount = $3, version = version + 1 WHERE org_id = $1 AND id = $2', [
    ctx.orgId,
    stageId,
    dollarsOf(allowance),
  ]);
  await bumpBudgetSet(ctx);
  const set = await freshBudgetSet(ctx.tx, ctx.orgId);
  const stage = set.budgets.find((each) => each.id === stageId);
  const meters = stage ? await lockCurrent(ctx, set, stage) : [];
  for (const m of meters) {
    const before = above(m);
    m.amount = heldAllowance(allowance);
    m.hardStop = m.amount;
    m.changed = true;
    noteExcess(m, before, 'limit_lowered');
    await noteLimit(ctx, m);
  }
  await writeMeters(ctx, meters);
}

/** Holds no more: calls under way settle into their hour. With the budget set held alone. */
export async function endStage(ctx: Context, stageId: string): Promise<void> {
  await ctx.tx.query('UPDATE budget SET ended_at = $3, version = version + 1 WHERE org_id = $1 AND id = $2 AND ended_at IS NULL', [
    ctx.orgId,
    stageId,
    toIso(ctx.now),
  ]);
  await bumpBudgetSet(ctx);
}

/** The hour that runs of a hidden budget: its allowance, what is committed of it, and by how much spend went above it since a moment. */
export type StageHour = { endsAt: number; allowance: NanoUsd; committed: NanoUsd; above: NanoUsd };

/** Reads it, null where no call has come in this hour. @param since excess before it is not counted */
export async function readStageHour(ctx: Context, stageId: string, since: number): Promise<StageHour | null> {
  const [row] = await ctx.tx.query<StageHour>(
    `SELECT p.ends_at AS "endsAt", p.hard_stop_nano AS allowance,
            p.actual_nano + p.presumed_nano + p.unpriced_upper_nano + p.held_nano AS committed,
            (SELECT coalesce(sum(x.amount_nano), 0)::int8 FROM excess x
              WHERE x.org_id = p.org_id AND x.period_id = p.id AND x.cause <> 'limit_lowered' AND x.at > $4) AS above
       FROM budget_period p WHERE p.org_id = $1 AND p.budget_id = $2 AND p.starts_at <= $3 AND p.ends_at > $3`,
    [ctx.orgId, stageId, toIso(ctx.now), toIso(since as typeof ctx.now)],
  );
  return row ?? null;
}
