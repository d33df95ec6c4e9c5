import type { Context } from '@/lib/context';
import { type Instant, minutes, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Reason } from '@/lib/spend/schema';

export type Refusal = { budgetId: string; reason: Reason; observed: boolean; workload: string; customer: string; asked: NanoUsd };

/** Counts refusals by minute, so that "would have refused 212 calls of 9 customers" can be said, and a flood of them stays small. */
export async function addRefusals(ctx: Context, refusals: Refusal[]): Promise<void> {
  if (refusals.length === 0) return;
  const sums = new Map<string, Refusal & { calls: number }>();
  for (const each of refusals) {
    const key = JSON.stringify([each.budgetId, each.reason, each.observed, each.workload, each.customer]);
    const sum = sums.get(key);
    if (sum) {
      sum.calls++;
      sum.asked = (sum.asked + each.asked) as NanoUsd;
    } else sums.set(key, { ...each, calls: 1 });
  }
  const rows = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const minute = (ctx.now - (ctx.now % minutes(1))) as Instant;
  await ctx.tx.query(
    `INSERT INTO refusal (org_id, minute, budget_id, reason, observed, workload, customer, calls, asked_nano)
     SELECT $1, $2::timestamptz, w.* FROM unnest($3::text[], $4::text[], $5::bool[], $6::text[], $7::text[], $8::int8[], $9::int8[]) AS w
     ON CONFLICT (org_id, minute, budget_id, reason, observed, workload, customer)
     DO UPDATE SET calls = refusal.calls + EXCLUDED.calls, asked_nano = refusal.asked_nano + EXCLUDED.asked_nano`,
    [
      ctx.orgId,
      toIso(minute),
      rows.map((each) => each.budgetId),
      rows.map((each) => each.reason),
      rows.map((each) => each.observed),
      rows.map((each) => each.workload),
      rows.map((each) => each.customer),
      rows.map((each) => each.calls),
      rows.map((each) => each.asked),
    ],
    'add_refusals',
  );
}
