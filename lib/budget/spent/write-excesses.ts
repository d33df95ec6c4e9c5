import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';

/** By how much a period has ended further above its limit, and why. */
type Excess = { periodId: string; cause: string; amount: NanoUsd };

/** Writes the excess rows that explain changed periods. */
export async function writeExcesses(ctx: Context, excesses: Excess[]): Promise<void> {
  if (excesses.length === 0) return;
  await ctx.tx.query(
    `INSERT INTO excess (org_id, id, period_id, cause, amount_nano, at)
     SELECT $1, w.id, w.period_id, w.cause, w.amount, $6::timestamptz
       FROM unnest($2::text[], $3::text[], $4::text[], $5::int8[]) AS w(id, period_id, cause, amount)`,
    [
      ctx.orgId,
      excesses.map(() => makeId('exc', ctx.now)),
      excesses.map((each) => each.periodId),
      excesses.map((each) => each.cause),
      excesses.map((each) => each.amount),
      toIso(ctx.now),
    ],
  );
}
