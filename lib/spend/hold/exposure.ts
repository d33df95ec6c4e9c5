import type { Context } from '@/lib/context';
import type { Instant } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd, ZERO_USD } from '@/lib/kernel/money';
import { arrayText } from '@/lib/ledger/columns';

/** What one key holds open now, and the part of it that an observing budget would have refused. Nano-dollars. */
export type Exposure = { held: NanoUsd; observed: NanoUsd; live: boolean; changed: boolean };

const memory = globalThis as { hardstopExposed?: Set<string> };

/** Makes the rows that `lockExposures` locks, for keys that this process has not seen ask: before any lock that comes after them. */
export async function openExposures(ctx: Context, keyIds: Iterable<string>): Promise<void> {
  memory.hardstopExposed ??= new Set();
  const known = memory.hardstopExposed;
  const fresh = [...new Set(keyIds)].filter((id) => !known.has(id));
  if (fresh.length === 0) return;
  await make(ctx, fresh);
  for (const id of fresh) known.add(id);
}

/**
 * Locks what keys hold open, in the order of their ids: after holds, before period rows. The same rows tell whether each key is
 * live, so that a key revoked a moment ago decides nothing.
 */
export async function lockExposures(ctx: Context, keyIds: Iterable<string>): Promise<Map<string, Exposure>> {
  const wanted = [...new Set(keyIds)];
  if (wanted.length === 0) return new Map();
  let rows = await read(ctx, wanted);
  if (rows.length < wanted.length) {
    await make(ctx, wanted);
    rows = await read(ctx, wanted);
  }
  return new Map(
    rows.map((row) => {
      const live = row.revoked_at === null && (row.expires_at === null || row.expires_at > ctx.now);
      return [row.api_key_id, { held: row.held_nano, observed: row.observed_nano, live, changed: false }];
    }),
  );
}

const make = (ctx: Context, ids: string[]) =>
  ctx.tx.query(
    `INSERT INTO key_exposure (org_id, api_key_id) SELECT org_id, id FROM api_key WHERE org_id = $1 AND id = ANY($2) ORDER BY id
     ON CONFLICT DO NOTHING`,
    [ctx.orgId, ids],
  );

type Row = { api_key_id: string; held_nano: NanoUsd; observed_nano: NanoUsd; revoked_at: Instant | null; expires_at: Instant | null };

const read = (ctx: Context, ids: string[]) =>
  ctx.tx.query<Row>(
    `SELECT e.api_key_id, e.held_nano, e.observed_nano, k.revoked_at, k.expires_at
       FROM key_exposure e JOIN api_key k ON k.org_id = e.org_id AND k.id = e.api_key_id
      WHERE e.org_id = $1 AND e.api_key_id = ANY($2) ORDER BY e.api_key_id FOR UPDATE OF e`,
    [ctx.orgId, ids],
    'lock_exposures',
  );

/** Adds to (or, negative, takes from) what a key holds open. */
export function expose(exposure: Exposure | undefined, held: bigint, isObserved: boolean): void {
  if (!exposure || held === 0n) return;
  exposure.held = nanoUsd(exposure.held + held);
  if (isObserved) exposure.observed = nanoUsd(exposure.observed + held);
  exposure.changed = true;
}

/** What counts against a key in a budget: an observing one leaves out what it would have refused. */
export const exposureFor = (exposure: Exposure | undefined, enforcing: boolean): NanoUsd =>
  exposure ? (enforcing ? exposure.held : nanoUsd(exposure.held - exposure.observed)) : ZERO_USD;

/** Writes the changed exposures back. */
export async function writeExposures(ctx: Context, exposures: Map<string, Exposure>): Promise<void> {
  const changed = [...exposures].filter(([, each]) => each.changed);
  if (changed.length === 0) return;
  await ctx.tx.query(
    `UPDATE key_exposure e SET held_nano = w.held, observed_nano = w.observed
       FROM unnest($2::text[], $3::int8[], $4::int8[]) AS w(id, held, observed) WHERE e.org_id = $1 AND e.api_key_id = w.id`,
    [
      ctx.orgId,
      arrayText(changed.map(([id]) => id)),
      arrayText(changed.map(([, each]) => each.held)),
      arrayText(changed.map(([, each]) => each.observed)),
    ],
    'write_exposures',
  );
}
