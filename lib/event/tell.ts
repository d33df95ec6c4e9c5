import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';

/** What happened, noun first: `stop.raised`, `breach.acknowledged`, `notice.written`. */
export type EventType = `${string}.${string}`;

/** What an event is about: enough to know what to read again, never a secret, never another's affairs. */
export type EventResource = { kind: string; id: string; [more: string]: string | number | boolean | null };

/** Wakes whoever numbers events; Postgres hands it on when the transaction commits, and only then. */
export const TOLD = 'hardstop_told';

/**
 * Tells everyone who follows the organisation that something happened, in the transaction in which it did: followers hear of it
 * once it is committed, in the order of numbers given after commit.
 * @param resource what to look at; its state is read from its own address, not from the event
 */
export async function tell(ctx: Context, type: EventType, resource: EventResource): Promise<void> {
  await ctx.tx.query(
    `WITH told AS (INSERT INTO event (org_id, id, at, type, resource) VALUES ($1, $2, $3, $4, $5) RETURNING org_id)
     SELECT pg_notify('${TOLD}', org_id) FROM told`,
    [ctx.orgId, makeId('evt', ctx.now), toIso(ctx.now), type, resource],
    'event_tell',
  );
}
