import type { Context } from '@/lib/context';
import { together } from '@/lib/db';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { arrayText } from '@/lib/ledger/columns';
import type { ActiveOf } from '../rules';
import { correctUnits, looksAtHolds, type RateState } from './rules';

type StateRow = { id: string; due: string; units: Record<string, number> };
type Ended = { id: string; at: Instant; by: string };

/**
 * Locks rate limits, in the order of their ids, and brings them up to what has become of the calls they let pass: those that have
 * ended are under way no more, and count with the tokens they really used. After holds and ledger rows, before period rows; what
 * ended in this transaction counts already. All statements are sent before the first is answered.
 */
export async function lockRates(ctx: Context, limits: readonly ActiveOf<'rate_limit'>[]): Promise<Map<string, RateState>> {
  const states = new Map<string, RateState>();
  if (limits.length === 0) return states;
  const byId = new Map(limits.map((each) => [each.id, each.limit]));
  const ids = arrayText([...byId.keys()]);
  const watched = arrayText([...byId].flatMap(([id, limit]) => (looksAtHolds(limit) ? [id] : [])));
  const [rows, ended, open] = await together([
    ctx.tx.query<StateRow>(
      `SELECT action_id AS id, due, units FROM rate_limit_state WHERE org_id = $1 AND action_id = ANY($2::text[]) ORDER BY action_id FOR UPDATE`,
      [ctx.orgId, ids],
      'lock_rates',
    ),
    watched === '{}' ? [] : ctx.tx.query<Ended>(END, [ctx.orgId, watched], 'end_limited'),
    watched === '{}'
      ? []
      : ctx.tx.query<{ id: string; calls: bigint }>(
          'SELECT action_id AS id, count(*) AS calls FROM hold_limit WHERE org_id = $1 AND action_id = ANY($2::text[]) GROUP BY action_id',
          [ctx.orgId, watched],
          'count_limited',
        ),
  ]);
  for (const { id, due, units } of rows) {
    const limit = byId.get(id);
    if (!limit) continue;
    const bySecond = new Map(Object.entries(units).map(([second, each]) => [Number(second), each]));
    states.set(id, { limit, due: BigInt(due), units: bySecond, open: 0, changed: false });
  }
  for (const { id, at, by } of ended) {
    const state = states.get(id);
    if (state) correctUnits(state, at, Number(by));
  }
  for (const { id, calls } of open) {
    const state = states.get(id);
    if (state) state.open = Number(calls);
  }
  return states;
}

/** A settled call used what its ledger row says; one whose row another source wrote, or that is presumed, counts as it was let pass. */
const END = `WITH ended AS (
    DELETE FROM hold_limit l USING hold h
     WHERE l.org_id = $1 AND l.action_id = ANY($2::text[]) AND h.id = l.hold_id AND h.org_id = l.org_id AND h.state <> 'open'
    RETURNING l.hold_id, l.action_id, l.at, l.units, h.state)
  SELECT e.action_id AS id, e.at, CASE e.state WHEN 'released' THEN -e.units WHEN 'settled' THEN coalesce(used.tokens, e.units) - e.units ELSE 0 END AS by
    FROM ended e
    LEFT JOIN LATERAL (
      SELECT sum(k.value::numeric) AS tokens FROM ledger_entry x, jsonb_each_text(x.units) k
       WHERE x.org_id = $1 AND x.hold_id = e.hold_id AND x.kind IN ('settlement', 'correction') AND x.calls = 1
         AND k.key <> 'request' AND k.key NOT LIKE 'tool\\_call:%') used ON e.state = 'settled'`;

/** A call that limits let pass and that one of them goes on looking at. */
export type LimitedHold = { holdId: string; actionId: string; tokens: number };

/** Writes what limits have let pass, with the holds they go on looking at. Sends all of it before it waits for an answer. */
export async function writeRates(ctx: Context, states: ReadonlyMap<string, RateState>, holds: readonly LimitedHold[]): Promise<void> {
  await together([writeStates(ctx, states), writeHolds(ctx, holds)]);
}

async function writeStates(ctx: Context, states: ReadonlyMap<string, RateState>): Promise<void> {
  const changed = [...states].filter(([, each]) => each.changed);
  if (changed.length === 0) return;
  await ctx.tx.query(
    `UPDATE rate_limit_state s SET due = w.due, units = w.units
       FROM unnest($2::text[], $3::numeric[], $4::jsonb[]) AS w(id, due, units) WHERE s.org_id = $1 AND s.action_id = w.id`,
    [
      ctx.orgId,
      arrayText(changed.map(([id]) => id)),
      arrayText(changed.map(([, each]) => each.due)),
      arrayText(changed.map(([, each]) => JSON.stringify(Object.fromEntries(each.units)))),
    ],
    'write_rates',
  );
}

async function writeHolds(ctx: Context, holds: readonly LimitedHold[]): Promise<void> {
  if (holds.length === 0) return;
  await ctx.tx.query(
    `INSERT INTO hold_limit (org_id, hold_id, action_id, at, units)
     SELECT $1, w.hold_id, w.action_id, $2::timestamptz, w.units FROM unnest($3::text[], $4::text[], $5::int8[]) AS w(hold_id, action_id, units)`,
    [
      ctx.orgId,
      toIso(ctx.now),
      arrayText(holds.map((each) => each.holdId)),
      arrayText(holds.map((each) => each.actionId)),
      arrayText(holds.map((each) => each.tokens)),
    ],
    'write_limited',
  );
}
