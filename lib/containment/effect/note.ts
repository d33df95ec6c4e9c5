import type { Context } from '@/lib/context';
import { together } from '@/lib/db';
import { hours, type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { arrayText } from '@/lib/ledger/columns';

/** What an action did to calls of one workload for one customer. */
export type Affected = { actionId: string; workload: string; customer: string };

/** A call that an action refused. `holdId` is the one its idempotency key stands for: the same key counts once. */
export type Refused = Affected & { holdId: string; asked: NanoUsd };

/** A call that was sent to another model. @see hold_route */
export type Rerouted = Affected & { holdId: string; fromProvider: string; fromModel: string; fromPricesId: string };

/** What a rerouted call turned out to have saved. */
export type Saved = Affected & { holdId: string; authorisedAt: Instant; saved: NanoUsd };

const hourOf = (at: Instant): Instant => (at - (at % hours(1))) as Instant;

/** Adds up in the hour's row; in key order, so that two that write at once wait for each other in one order. */
const ADD = `ON CONFLICT (org_id, action_id, hour, workload, customer) DO UPDATE SET refused = containment_effect.refused + EXCLUDED.refused,
    asked_nano = containment_effect.asked_nano + EXCLUDED.asked_nano, rerouted = containment_effect.rerouted + EXCLUDED.rerouted,
    saved_nano = containment_effect.saved_nano + EXCLUDED.saved_nano`;

/** Counts refused calls, each idempotency key once: who asks again and again with the same one has spent that much less once, not often. */
export async function noteRefused(ctx: Context, refused: readonly Refused[]): Promise<void> {
  if (refused.length === 0) return;
  await ctx.tx.query(
    `WITH fresh AS (
       INSERT INTO contained_call (org_id, hold_id, action_id, at, workload, customer, asked_nano)
       SELECT $1, w.hold_id, w.action_id, $2::timestamptz, w.workload, w.customer, w.asked
         FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::int8[]) AS w(hold_id, action_id, workload, customer, asked)
        ORDER BY w.hold_id ON CONFLICT (org_id, hold_id) DO NOTHING RETURNING action_id, workload, customer, asked_nano)
     INSERT INTO containment_effect (org_id, action_id, hour, workload, customer, refused, asked_nano)
     SELECT $1, action_id, $3::timestamptz, workload, customer, count(*), sum(asked_nano) FROM fresh
      GROUP BY action_id, workload, customer ORDER BY action_id, workload, customer ${ADD}`,
    [
      ...[ctx.orgId, toIso(ctx.now), toIso(hourOf(ctx.now))],
      arrayText(refused.map((each) => each.holdId)),
      ...columnsOf(refused),
      arrayText(refused.map((each) => each.asked)),
    ],
    'note_refused',
  );
}

const columnsOf = (list: readonly Affected[]): string[] => [
  arrayText(list.map((each) => each.actionId)),
  arrayText(list.map((each) => each.workload)),
  arrayText(list.map((each) => each.customer)),
];

/** Takes back what was counted as refused of calls that have been let pass after all. */
export async function noteAllowed(ctx: Context, holdIds: readonly string[]): Promise<void> {
  if (holdIds.length === 0) return;
  await ctx.tx.query(
    `WITH gone AS (
       DELETE FROM contained_call WHERE org_id = $1 AND hold_id = ANY($2::text[]) RETURNING action_id, at, workload, customer, asked_nano),
     sums AS (
       SELECT action_id, date_trunc('hour', at) AS hour, workload, customer, count(*) AS calls, sum(asked_nano) AS asked FROM gone GROUP BY 1, 2, 3, 4)
     UPDATE containment_effect e SET refused = e.refused - s.calls, asked_nano = e.asked_nano - s.asked FROM sums s
      WHERE e.org_id = $1 AND e.action_id = s.action_id AND e.hour = s.hour AND e.workload = s.workload AND e.customer = s.customer`,
    [ctx.orgId, arrayText(holdIds)],
    'note_allowed',
  );
}

/** Writes which calls went to another model, and by which prices they would have been charged. */
export async function noteRerouted(ctx: Context, rerouted: readonly Rerouted[]): Promise<void> {
  if (rerouted.length === 0) return;
  await ctx.tx.query(
    `WITH fresh AS (
       INSERT INTO hold_route (org_id, hold_id, action_id, from_provider, from_model, from_prices_id)
       SELECT $1, w.hold_id, w.action_id, w.provider, w.model, w.prices
         FROM unnest($3::text[], $4::text[], $7::text[], $8::text[], $9::text[]) AS w(hold_id, action_id, provider, model, prices))
     INSERT INTO containment_effect (org_id, action_id, hour, workload, customer, rerouted)
     SELECT $1, w.action_id, $2::timestamptz, w.workload, w.customer, count(*)
       FROM unnest($4::text[], $5::text[], $6::text[]) AS w(action_id, workload, customer)
      GROUP BY w.action_id, w.workload, w.customer ORDER BY w.action_id, w.workload, w.customer ${ADD}`,
    [
      ...[ctx.orgId, toIso(hourOf(ctx.now)), arrayText(rerouted.map((each) => each.holdId)), ...columnsOf(rerouted)],
      arrayText(rerouted.map((each) => each.fromProvider)),
      arrayText(rerouted.map((each) => each.fromModel)),
      arrayText(rerouted.map((each) => each.fromPricesId)),
    ],
    'note_rerouted',
  );
}

/** Writes what rerouted calls have saved, in the hour in which they were let pass. */
export async function noteSaved(ctx: Context, saved: readonly Saved[]): Promise<void> {
  if (saved.length === 0) return;
  const amounts = arrayText(saved.map((each) => each.saved));
  await together([
    ctx.tx.query(
      `UPDATE hold_route r SET saved_nano = w.saved FROM unnest($2::text[], $3::int8[]) AS w(id, saved) WHERE r.org_id = $1 AND r.hold_id = w.id`,
      [ctx.orgId, arrayText(saved.map((each) => each.holdId)), amounts],
      'note_saved',
    ),
    ctx.tx.query(
      `INSERT INTO containment_effect (org_id, action_id, hour, workload, customer, saved_nano)
       SELECT $1, w.action_id, w.hour, w.workload, w.customer, sum(w.saved)
         FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::int8[]) AS w(action_id, workload, customer, hour, saved)
        GROUP BY w.action_id, w.hour, w.workload, w.customer ORDER BY w.action_id, w.hour, w.workload, w.customer ${ADD}`,
      [ctx.orgId, ...columnsOf(saved), arrayText(saved.map((each) => toIso(hourOf(each.authorisedAt)))), amounts],
      'add_saved',
    ),
  ]);
}
