import { hash } from 'node:crypto';
import type { CallDims } from '@/lib/budget/scope';
import type { Context } from '@/lib/context';
import { only, type Tx } from '@/lib/db';
import { hours, type Instant, minus, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Units } from '@/lib/kernel/units';
import { type Column, sharing } from '@/lib/ledger/columns';
import type { Allow } from '@/lib/spend/schema';

export type HoldState = 'open' | 'settled' | 'released' | 'presumed';

/** Money set aside for a call under way. `periodIds` are the periods it belongs to for ever, settlement too. */
export type Hold = CallDims & {
  id: string;
  apiKeyId: string;
  idempotencyKey: string;
  requestHash: string;
  state: HoldState;
  /** The model by the name the caller uses; `model` is the one the book resolves it to. */
  modelCalled: string;
  maxUnits: Units;
  /** The prices of the authorisation (`held-prices.ts`); '' where there were none. */
  pricesId: string;
  held: NanoUsd;
  periodIds: string[];
  observedIds: string[];
  observed: Allow['observed'];
  authorisedAt: Instant;
  expiresAt: Instant;
  settled: NanoUsd | null;
  /** What the hold still stood for when it was settled: its whole, or nothing where it had been released. */
  settledOf: NanoUsd | null;
  settledHash: string | null;
  /** A hold for many calls (`lib/spend/lease`), which ends by its own doors only. */
  isLease: boolean;
};

/** No hold lives longer than this; one older than twice as long has been presumed. */
const LONGEST_LIFE = hours(1);

const SELECT = `SELECT id, api_key_id AS "apiKeyId", idempotency_key AS "idempotencyKey", encode(request_hash, 'hex') AS "requestHash", state,
  workload, feature, provider, model, model_called AS "modelCalled", traffic_stage AS "trafficStage", customer, tags, team,
  cost_centre AS "costCentre", unassigned, max_units AS "maxUnits", prices_id AS "pricesId", held_nano AS held, period_ids AS "periodIds",
  observed_ids AS "observedIds", observed, authorised_at AS "authorisedAt", expires_at AS "expiresAt", settled_nano AS settled,
  settled_of_nano AS "settledOf", encode(settled_hash, 'hex') AS "settledHash", is_lease AS "isLease"
  FROM hold`;

/** Locks holds by their ids, in the order of the ids. Before any key's exposure and any period row. */
export async function lockHolds(tx: Tx, orgId: string, ids: Iterable<string>): Promise<ReadonlyMap<string, Hold>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await tx.query<Hold>(`${SELECT} WHERE org_id = $1 AND id = ANY($2) ORDER BY id FOR UPDATE`, [orgId, wanted], 'lock_holds');
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Locks open holds that have expired since `after`, oldest first; those another process is at are left to it.
 * @param after no hold that expired up to here is open any more
 */
export function lockExpiredHolds(ctx: Context, after: Instant, most: number): Promise<Hold[]> {
  return ctx.tx.query<Hold>(
    `${SELECT} WHERE org_id = $1 AND expires_at > $2 AND expires_at <= $3 AND state = 'open' ORDER BY expires_at, id LIMIT $4 FOR UPDATE SKIP LOCKED`,
    [ctx.orgId, toIso(after), toIso(ctx.now), most],
  );
}

/** Locks the open holds of one key, in the order of their ids. */
export function lockHoldsOfKey(ctx: Context, apiKeyId: string): Promise<Hold[]> {
  const since = toIso(minus(ctx.now, LONGEST_LIFE));
  return ctx.tx.query<Hold>(
    `${SELECT} WHERE org_id = $1 AND expires_at > $2 AND state = 'open' AND api_key_id = $3 ORDER BY id FOR UPDATE`,
    [ctx.orgId, since, apiKeyId],
  );
}

/** The holds of these ids as they are, without a lock. */
export async function readHolds(tx: Tx, orgId: string, ids: string[]): Promise<ReadonlyMap<string, Hold>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<Hold>(`${SELECT} WHERE org_id = $1 AND id = ANY($2)`, [orgId, ids], 'read_holds');
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The id of the hold that an idempotency key of an API key stands for: 130 bits of their fingerprint. The same key therefore finds
 * its hold by the primary key alone, and cannot be given a second one.
 */
export function holdIdOf(apiKeyId: string, idempotencyKey: string): string {
  const digest = hash('sha256', `${apiKeyId} ${idempotencyKey}`, 'buffer');
  let text = 'hld_';
  for (let i = 0; i < 26; i++) text += BASE32[(digest[i] as number) & 31];
  return text;
}

const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';

const COLUMNS: Column<Hold>[] = [
  { name: 'id', type: 'text', of: (h) => h.id },
  { name: 'api_key_id', type: 'text', of: (h) => h.apiKeyId, isShared: true },
  { name: 'idempotency_key', type: 'text', of: (h) => h.idempotencyKey },
  { name: 'request_hash', type: 'text', of: (h) => h.requestHash, set: (hash) => `decode(${hash}, 'hex')` },
  { name: 'workload', type: 'text', of: (h) => h.workload, isShared: true },
  { name: 'feature', type: 'text', of: (h) => h.feature, isShared: true },
  { name: 'provider', type: 'text', of: (h) => h.provider, isShared: true },
  { name: 'model', type: 'text', of: (h) => h.model, isShared: true },
  { name: 'model_called', type: 'text', of: (h) => h.modelCalled, isShared: true },
  { name: 'traffic_stage', type: 'text', of: (h) => h.trafficStage, isShared: true },
  { name: 'customer', type: 'text', of: (h) => h.customer },
  { name: 'tags', type: 'jsonb', of: (h) => JSON.stringify(h.tags) },
  { name: 'team', type: 'text', of: (h) => h.team, isShared: true },
  { name: 'cost_centre', type: 'text', of: (h) => h.costCentre, isShared: true },
  { name: 'unassigned', type: 'bool', of: (h) => h.unassigned, isShared: true },
  { name: 'max_units', type: 'jsonb', of: (h) => JSON.stringify(h.maxUnits) },
  { name: 'prices_id', type: 'text', of: (h) => h.pricesId, isShared: true },
  { name: 'held_nano', type: 'int8', of: (h) => h.held },
  { name: 'period_ids', type: 'text', of: (h) => h.periodIds.join(' '), set: (ids) => `string_to_array(${ids}, ' ')`, isShared: true },
  { name: 'observed_ids', type: 'text', of: (h) => h.observedIds.join(' '), set: (ids) => `string_to_array(${ids}, ' ')`, isShared: true },
  { name: 'observed', type: 'jsonb', of: (h) => (h.observed === null ? null : JSON.stringify(h.observed)), isShared: true },
  { name: 'expires_at', type: 'timestamptz', of: (h) => toIso(h.expiresAt), isShared: true },
  { name: 'is_lease', type: 'bool', of: (h) => h.isLease, isShared: true },
];

const NEW = sharing(COLUMNS, 3);
const INSERT = `INSERT INTO hold (org_id, state, authorised_at, ${NEW.names}) SELECT $1, 'open', $2::timestamptz, ${NEW.select} FROM ${NEW.from}`;

/** Writes new holds. Where one of their keys has been used before Postgres refuses (unique violation), and the batch is run again. */
export async function insertHolds(ctx: Context, holds: Hold[]): Promise<void> {
  if (holds.length === 0) return;
  await ctx.tx.query(INSERT, [ctx.orgId, toIso(ctx.now), ...NEW.values(holds)], 'insert_holds');
}

/** How a hold ended: its new state; and for a settlement how much, of what, and a fingerprint of what was said. */
export type HoldEnd = {
  id: string;
  state: Exclude<HoldState, 'open'>;
  settled: NanoUsd | null;
  settledOf: NanoUsd | null;
  hash: string | null;
};

/** The ends come as one JSON object by id and not as a table to join: a join may be planned the wrong way round. */
const END = `WITH ended AS (
  UPDATE hold h SET ended_at = $2::timestamptz, (state, settled_nano, settled_of_nano, settled_hash) =
         (SELECT e ->> 0, (e ->> 1)::int8, (e ->> 2)::int8, decode(e ->> 3, 'hex') FROM (SELECT $4::jsonb -> h.id AS e) AS w)
   WHERE h.org_id = $1 AND h.id = ANY($3) AND ($5 OR h.state = 'open') RETURNING 1)
  SELECT count(*)::int4 AS count FROM ended`;

async function writeEnds(ctx: Context, ends: HoldEnd[], inAnyState: boolean): Promise<number> {
  if (ends.length === 0) return 0;
  const sorted = [...ends].sort((a, b) => (a.id < b.id ? -1 : 1));
  const byId = Object.fromEntries(
    sorted.map((each) => [each.id, [each.state, each.settled?.toString(), each.settledOf?.toString(), each.hash]]),
  );
  const values = [ctx.orgId, toIso(ctx.now), sorted.map((each) => each.id), JSON.stringify(byId), inAnyState];
  return only(await ctx.tx.query<{ count: number }>(END, values, 'end_holds')).count;
}

/** Writes the ends of locked holds. @returns how many */
export const endHolds = (ctx: Context, ends: HoldEnd[]): Promise<number> => writeEnds(ctx, ends, true);

/** Writes the ends of holds that are remembered as open and not locked yet; it locks them, by their ids. @returns how many were still open */
export const endOpenHolds = (ctx: Context, ends: HoldEnd[]): Promise<number> => writeEnds(ctx, ends, false);
