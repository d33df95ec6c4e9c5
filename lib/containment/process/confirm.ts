import { lockBudgetSet } from '@/lib/budget/set';
import { readClock } from '@/lib/clock';
import type { Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import { tell } from '@/lib/event/tell';
import { makeId } from '@/lib/kernel/ids';
import { hours, type Instant, minus, toIso } from '@/lib/kernel/instant';
import { bookOf } from '@/lib/price/book';
import { containmentSet } from '../set';

const KEPT = hours(1);

/** A process that decides, as others see it. */
export type Deciding = { id: string; kind: 'front' | 'web'; startedAt: Instant };

/** Enters this process among those that decide. */
export async function enter(kind: Deciding['kind']): Promise<Deciding> {
  const startedAt = await readClock(reader());
  const deciding = { id: makeId('pcs', startedAt), kind, startedAt };
  await beSeen(deciding);
  return deciding;
}

/** Says that a process is at work. */
export async function beSeen({ id, kind, startedAt }: Deciding): Promise<void> {
  await reader().query(
    `INSERT INTO process (id, kind, started_at, seen_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET seen_at = EXCLUDED.seen_at`,
    [id, kind, toIso(startedAt), toIso(await readClock(reader()))],
    'be_seen',
  );
}

/** Takes a process off the list: it decides no more. */
export async function leave({ id }: Deciding): Promise<void> {
  await reader().query('DELETE FROM process WHERE id = $1', [id]);
}

/** Puts away processes that have long been gone without saying so. */
export const forgetProcesses = async (now: Instant): Promise<void> =>
  void (await reader().query('DELETE FROM process WHERE seen_at < $1', [toIso(minus(now, KEPT))]));

/**
 * Takes up every action that this process has not confirmed, organisation by organisation: reads what contains spend into what its
 * decisions go by, and writes down that it has. @param orgId one organisation; null: all
 */
export async function confirmActions(deciding: Deciding, orgId: string | null = null): Promise<void> {
  const waiting = await reader().query<{ orgId: string }>(
    `SELECT DISTINCT a.org_id AS "orgId" FROM containment_action a
      WHERE a.ended_at IS NULL AND a.started_at >= $2 AND ($3::text IS NULL OR a.org_id = $3)
        AND NOT EXISTS (SELECT FROM containment_confirmation c WHERE c.org_id = a.org_id AND c.action_id = a.id AND c.process_id = $1)`,
    [deciding.id, toIso(deciding.startedAt), orgId],
    'unconfirmed',
  );
  for (const each of waiting) await confirmOne(deciding, each.orgId);
}

function confirmOne(deciding: Deciding, orgId: string): Promise<void> {
  return transaction(async (tx) => {
    await lockBudgetSet(tx, orgId, 'shared');
    const [heads] = await tx.query<{ version: number; prices: number }>(
      'SELECT containment_version AS version, price_version AS prices FROM organisation WHERE id = $1',
      [orgId],
    );
    if (!heads) return;
    const book = await bookOf(tx, orgId, heads.prices);
    const { actions } = await containmentSet(tx, orgId, heads.version, book, await readClock(tx));
    const now = await readClock(tx);
    const confirmed = await tx.query<{ id: string }>(
      `INSERT INTO containment_confirmation (org_id, action_id, process_id, at)
       SELECT $1, id, $3, $4 FROM unnest($2::text[]) AS id ON CONFLICT DO NOTHING RETURNING action_id AS id`,
      [orgId, actions.map((each) => each.id), deciding.id, toIso(now)],
    );
    const actor: Context['actor'] = { kind: 'system', id: deciding.id, name: 'Hardstop' };
    for (const { id } of confirmed) await tell({ actor, orgId, requestId: '', tx, now }, 'action.changed', { kind: 'action', id });
  });
}
