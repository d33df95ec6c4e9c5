import { type BudgetSet, budgetSet, lockBudgetSet } from '@/lib/budget/set';
import { readClock } from '@/lib/clock';
import type { Caller, Context } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { bookOf } from '@/lib/price/book';
import type { Book } from '@/lib/price/rules';

/** What a transaction that books usage begins with. */
export type Opened = { ctx: Context; set: BudgetSet; book: Book };

/**
 * Begins a transaction that books: shares the budget set, reads the clock once (unless it is handed in), and holds the caller's key to be live still.
 * @throws Fault key.not_live
 */
export async function openBooks(tx: Tx, caller: Caller, at?: Instant): Promise<Opened> {
  await lockBudgetSet(tx, caller.orgId, 'shared');
  const now = at ?? (await readClock(tx));
  const ctx: Context = { ...caller, now, tx };
  const set = await budgetSet(tx, caller.orgId);
  await assertLive(ctx, now);
  return { ctx, set, book: await bookOf(tx, caller.orgId, set.priceVersion) };
}

async function assertLive(ctx: Context, now: Instant): Promise<void> {
  if (ctx.actor.kind !== 'api_key') return;
  const live = await ctx.tx.query(
    'SELECT FROM api_key WHERE org_id = $1 AND id = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3::timestamptz)',
    [ctx.orgId, ctx.actor.id, toIso(now)],
    'key_live',
  );
  if (live.length === 0) throw new Fault('key.not_live', 'This API key has been revoked or has expired.');
}
