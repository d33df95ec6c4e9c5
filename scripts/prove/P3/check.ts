import { reader } from '@/lib/db';
import { recomputePeriods } from '@/lib/spend/recompute';
import type { Seen } from './callers';
import type { Truth } from './stand-in';

/** What a round's calls came to on the books. */
export type Found = { unbooked: bigint; presumed: number; exact: number; faults: string[] };

type Hold = { id: string; call: string; state: string; booked: bigint };

const holdsOf = (orgId: string): Promise<Hold[]> =>
  reader().query<Hold>(
    `SELECT h.id, h.tags->>'call' AS call, h.state, coalesce(l.nano, 0)::int8 AS booked FROM hold h
       LEFT JOIN (SELECT hold_id, sum(amount_nano) AS nano FROM ledger_entry WHERE org_id = $1 GROUP BY hold_id) l ON l.hold_id = h.id
      WHERE h.org_id = $1`,
    [orgId],
  );

/**
 * Holds the books against what the provider knows, once every hold has ended: each call that it was asked for, once, has a hold and at
 * least its bill on the ledger; one that it reported, and whose caller had all of it, exactly that. One that never reached it costs nothing,
 * unless nobody can know so.
 */
export async function check(orgIds: readonly string[], truth: ReadonlyMap<string, Truth>, seen: ReadonlyMap<string, Seen>): Promise<Found> {
  const found: Found = { unbooked: 0n, presumed: 0, exact: 0, faults: [] };
  const holds = (await Promise.all(orgIds.map(holdsOf))).flat();
  const byCall = Map.groupBy(holds, ({ call }) => call);
  for (const [id, { asked, billed, isReported, fate }] of truth) {
    const [hold, ...more] = byCall.get(id) ?? [];
    if (asked !== 1) found.faults.push(`the provider was asked ${asked} times for ${id}`);
    if (more.length > 0) found.faults.push(`${id} has ${more.length + 1} holds`);
    const booked = hold?.booked ?? 0n;
    if (!hold) found.faults.push(`the provider was asked for ${id} without a hold`);
    if (booked < billed) {
      found.unbooked += billed - booked;
      found.faults.push(`${id} (${fate}) was billed ${billed} and is booked at ${booked}: ${hold?.state}, ${JSON.stringify(seen.get(id))}`);
    }
    if (hold?.state === 'presumed') found.presumed++;
    const saw = seen.get(id);
    if (!isReported || saw?.answer !== 'whole' || saw.status !== 200) continue;
    found.exact++;
    if (booked !== billed) found.faults.push(`${id} (${fate}) came whole, was billed ${billed} and is booked at ${booked}: ${hold?.state}`);
  }
  for (const { id, call, state, booked } of holds) {
    if (state === 'open') found.faults.push(`the hold ${id} is open after its time`);
    if (truth.has(call) || booked === 0n) continue;
    // A process that was killed, or a caller that left, says nothing of whether the call was made: then it may be presumed.
    if (seen.get(call)?.answer === 'whole' || state !== 'presumed')
      found.faults.push(`${call} never reached the provider and cost ${booked}: ${state}`);
  }
  for (const orgId of orgIds)
    for (const each of await recomputePeriods(reader(), orgId))
      found.faults.push(
        `a figure differs from its rows: ${JSON.stringify(each, (_, value) => (typeof value === 'bigint' ? String(value) : value))}`,
      );
  return found;
}
