import type { Tx } from '@/lib/db';
import { hours, type Instant, minus, toIso } from '@/lib/kernel/instant';
import type { EventResource } from './tell';

/** An event with its number. */
export type Told = { sequence: bigint; type: string; at: Instant; resource: EventResource };

/** How long a follower may stay away and still resume. */
export const KEPT_HOURS = 24;

const AT_ONCE = 500;

/** The next events after a number, in order, up to a number where one is given; a full answer (`AT_ONCE`) means that there may be more. */
export const eventsAfter = (tx: Tx, orgId: string, after: bigint, upTo: bigint | null = null): Promise<Told[]> =>
  tx.query<Told>(
    `SELECT sequence, type, at, resource FROM event
      WHERE org_id = $1 AND sequence > $2 AND ($3::int8 IS NULL OR sequence <= $3) ORDER BY sequence LIMIT ${AT_ONCE}`,
    [orgId, after, upTo],
    'event_after',
  );

/** The last number given; 0 where none was. */
export async function lastNumber(tx: Tx, orgId: string): Promise<bigint> {
  const [head] = await tx.query<{ sequence: bigint }>('SELECT sequence FROM event_head WHERE org_id = $1', [orgId]);
  return head?.sequence ?? 0n;
}

/** Whether everything after a number up to the head can still be told: none of it was forgotten or is older than is promised. */
export async function canResume(tx: Tx, orgId: string, after: bigint, head: bigint, now: Instant): Promise<boolean> {
  if (after === head) return true;
  if (after > head) return false;
  const [next] = await tx.query<{ at: Instant }>('SELECT at FROM event WHERE org_id = $1 AND sequence = $2', [orgId, after + 1n]);
  return next !== undefined && next.at >= minus(now, hours(KEPT_HOURS));
}

/** Forgets events that nobody can resume from any more. */
export async function forgetEvents(tx: Tx, now: Instant): Promise<void> {
  await tx.query('DELETE FROM event WHERE at < $1 AND sequence IS NOT NULL', [toIso(minus(now, hours(KEPT_HOURS)))]);
}
