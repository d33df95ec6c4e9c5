import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import type { Meter } from '../meter';

/** Writes the excess rows that explain changed meters. */
export async function writeExcesses(ctx: Context, changed: Meter[]): Promise<void> {
  const excesses = changed.flatMap((each) => each.excesses.map((excess) => ({ ...excess, periodId: each.id })));
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
