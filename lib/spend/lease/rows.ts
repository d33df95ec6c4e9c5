import type { Context, Pins } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { type Hold, lockHolds } from '../hold/rows';

/** What is known of a lease beside its hold, whose `held` is what it has left. Nano-dollars. */
export type Lease = { wanted: NanoUsd; booked: NanoUsd; underway: NanoUsd; settledAt: Instant | null };

/** Writes a new lease, whose hold is written in the same transaction. */
export async function insertLease(ctx: Context, id: string, wanted: NanoUsd): Promise<void> {
  await ctx.tx.query('INSERT INTO lease (org_id, id, wanted_nano) VALUES ($1, $2, $3)', [ctx.orgId, id, wanted]);
}

/** Locks a lease with its hold, before any key's exposure and any period row. @throws Fault lease.not_found */
export async function lockLease(ctx: Context, id: string, pins: Pins): Promise<{ hold: Hold; lease: Lease }> {
  const hold = (await lockHolds(ctx.tx, ctx.orgId, [id])).get(id);
  if (!hold?.isLease || (pins.workload !== undefined && pins.workload !== hold.workload))
    throw new Fault('lease.not_found', 'There is no such lease of this key.');
  const [lease] = await ctx.tx.query<Lease>(
    `SELECT wanted_nano AS wanted, booked_nano AS booked, underway_nano AS underway, settled_at AS "settledAt"
       FROM lease WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, id],
    'read_lease',
  );
  if (!lease) throw new Error(`hold ${id} is a lease without a row`);
  return { hold, lease };
}

/** Writes what a locked lease has come to, and what its hold stands for from now on. */
export async function writeLease(
  ctx: Context,
  id: string,
  { booked, underway }: Pick<Lease, 'booked' | 'underway'>,
  held: NanoUsd,
): Promise<void> {
  await ctx.tx.query(
    `WITH kept AS (UPDATE hold SET held_nano = $5 WHERE org_id = $1 AND id = $2)
     UPDATE lease SET booked_nano = $3, underway_nano = $4, settled_at = $6::timestamptz WHERE org_id = $1 AND id = $2`,
    [ctx.orgId, id, booked, underway, held, toIso(ctx.now)],
    'write_lease',
  );
}
