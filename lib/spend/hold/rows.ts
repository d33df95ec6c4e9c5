import type { CallDims } from '@/lib/budget/scope';
import type { Context } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Units } from '@/lib/kernel/units';
import type { Allow } from '@/lib/spend/schema';

export type HoldState = 'open' | 'settled' | 'released' | 'presumed';

/** Money set aside for a call under way. `periodIds` are the periods it belongs to for ever, settlement too. */
export type Hold = CallDims & {
  id: string;
  apiKeyId: string;
  idempotencyKey: string;
  requestHash: string;
  state: HoldState;
  maxUnits: Units;
  /** The prices of the authorisation as JSON text (`packPrices`). */
  prices: string;
  priceRef: string;
  held: NanoUsd;
  periodIds: string[];
  observedIds: string[];
  answer: Allow;
  authorisedAt: Instant;
  expiresAt: Instant;
  settledHash: string | null;
  settledAnswer: unknown;
};

type Row = Omit<Hold, 'prices' | 'tags'> & { prices: unknown; tags: Record<string, string> };

const SELECT = `SELECT id, api_key_id AS "apiKeyId", idempotency_key AS "idempotencyKey", encode(request_hash, 'hex') AS "requestHash", state,
  workload, feature, provider, model, traffic_stage AS "trafficStage", customer, tags, team, cost_centre AS "costCentre", unassigned,
  max_units AS "maxUnits", prices, price_ref AS "priceRef", held_nano AS held, period_ids AS "periodIds", observed_ids AS "observedIds",
  answer, authorised_at AS "authorisedAt", expires_at AS "expiresAt", encode(settled_hash, 'hex') AS "settledHash", settled_answer AS "settledAnswer"
  FROM hold`;

const holdOf = (row: Row): Hold => ({ ...row, prices: JSON.stringify(row.prices) });

/** Locks holds by their ids, in the order of the ids. Before any key's exposure and any period row. */
export async function lockHolds(tx: Tx, orgId: string, ids: Iterable<string>): Promise<Map<string, Hold>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await tx.query<Row>(`${SELECT} WHERE org_id = $1 AND id = ANY($2) ORDER BY id FOR UPDATE`, [orgId, wanted], 'lock_holds');
  return new Map(rows.map((row) => [row.id, holdOf(row)]));
}

/** Locks open holds that have expired, oldest first; those another process is at are left to it. */
export async function lockExpiredHolds(ctx: Context, most: number): Promise<Hold[]> {
  const rows = await ctx.tx.query<Row>(
    `${SELECT} WHERE org_id = $1 AND state = 'open' AND expires_at <= $2 ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED`,
    [ctx.orgId, toIso(ctx.now), most],
  );
  return rows.map(holdOf);
}

/** Locks the open holds of one key, in the order of their ids. */
export async function lockHoldsOfKey(ctx: Context, apiKeyId: string): Promise<Hold[]> {
  const rows = await ctx.tx.query<Row>(`${SELECT} WHERE org_id = $1 AND state = 'open' AND api_key_id = $2 ORDER BY id FOR UPDATE`, [
    ctx.orgId,
    apiKeyId,
  ]);
  return rows.map(holdOf);
}

export const keyOfCall = (apiKeyId: string, idempotencyKey: string): string => `${apiKeyId} ${idempotencyKey}`;

/** The holds that were given for these idempotency keys, by `keyOfCall`. */
export async function holdsByKey(tx: Tx, orgId: string, asked: { apiKeyId: string; idempotencyKey: string }[]): Promise<Map<string, Hold>> {
  if (asked.length === 0) return new Map();
  const rows = await tx.query<Row>(
    `${SELECT} WHERE org_id = $1 AND (api_key_id, idempotency_key) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
    [orgId, asked.map((each) => each.apiKeyId), asked.map((each) => each.idempotencyKey)],
    'holds_by_key',
  );
  return new Map(rows.map((row) => [keyOfCall(row.apiKeyId, row.idempotencyKey), holdOf(row)]));
}

/** Writes new holds. @returns how many were new: fewer than given means another process has just used one of the keys */
export async function insertHolds(ctx: Context, holds: Hold[]): Promise<number> {
  if (holds.length === 0) return 0;
  const column = (of: (hold: Hold) => unknown) => holds.map(of);
  const rows = await ctx.tx.query(
    `INSERT INTO hold (org_id, id, api_key_id, idempotency_key, request_hash, state, workload, feature, provider, model, traffic_stage, customer,
                       tags, team, cost_centre, unassigned, max_units, prices, price_ref, held_nano, period_ids, observed_ids, answer,
                       authorised_at, expires_at)
     SELECT $1, w.id, w.key_id, w.idem, decode(w.hash, 'hex'), 'open', w.workload, w.feature, w.provider, w.model, w.stage, w.customer, w.tags::jsonb,
            w.team, w.cost_centre, w.unassigned, w.max_units::jsonb, w.prices::jsonb, w.price_ref, w.held, string_to_array(w.periods, ' '),
            string_to_array(w.observed, ' '), w.answer::jsonb, $23::timestamptz, w.expires_at
       FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                   $12::text[], $13::text[], $14::text[], $15::bool[], $16::text[], $17::text[], $18::text[], $19::int8[], $20::text[],
                   $21::text[], $22::text[], $24::timestamptz[])
         AS w(id, key_id, idem, hash, workload, feature, provider, model, stage, customer, tags, team, cost_centre, unassigned, max_units, prices,
              price_ref, held, periods, observed, answer, expires_at)
     ON CONFLICT (org_id, api_key_id, idempotency_key) DO NOTHING RETURNING 1`,
    [
      ctx.orgId,
      column((h) => h.id),
      column((h) => h.apiKeyId),
      column((h) => h.idempotencyKey),
      column((h) => h.requestHash),
      column((h) => h.workload),
      column((h) => h.feature),
      column((h) => h.provider),
      column((h) => h.model),
      column((h) => h.trafficStage),
      column((h) => h.customer),
      column((h) => JSON.stringify(h.tags)),
      column((h) => h.team),
      column((h) => h.costCentre),
      column((h) => h.unassigned),
      column((h) => JSON.stringify(h.maxUnits)),
      column((h) => h.prices),
      column((h) => h.priceRef),
      column((h) => h.held),
      column((h) => h.periodIds.join(' ')),
      column((h) => h.observedIds.join(' ')),
      column((h) => JSON.stringify(h.answer)),
      toIso(ctx.now),
      column((h) => toIso(h.expiresAt)),
    ],
    'insert_holds',
  );
  return rows.length;
}

/** How a hold ended: its new state, and what a settlement said and was answered. */
export type HoldEnd = { id: string; state: Exclude<HoldState, 'open'>; settled: NanoUsd | null; hash: string | null; answer: unknown };

/** Writes the ends of locked holds. */
export async function endHolds(ctx: Context, ends: HoldEnd[]): Promise<void> {
  if (ends.length === 0) return;
  await ctx.tx.query(
    `UPDATE hold h SET state = w.state, ended_at = $7::timestamptz, settled_nano = w.settled, settled_hash = decode(w.hash, 'hex'), settled_answer = w.answer::jsonb
       FROM unnest($2::text[], $3::text[], $4::int8[], $5::text[], $6::text[]) AS w(id, state, settled, hash, answer)
      WHERE h.org_id = $1 AND h.id = w.id`,
    [
      ctx.orgId,
      ends.map((each) => each.id),
      ends.map((each) => each.state),
      ends.map((each) => each.settled),
      ends.map((each) => each.hash),
      ends.map((each) => (each.answer === null ? null : JSON.stringify(each.answer))),
      toIso(ctx.now),
    ],
    'end_holds',
  );
}
