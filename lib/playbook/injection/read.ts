import { readBreach } from '@/lib/breach/read/breaches';
import { readBudgetRow } from '@/lib/budget/read/budgets';
import type { Context } from '@/lib/context';
import { type Hour, type Signals, signalsOf } from './rules';

type Row = { isNow: boolean; customer: string; calls: number; output: number };

const DAYS = 7;

/** Calls of a workload by customer in the hour before a moment, and in the same hour of the seven days before. */
const SQL = `
SELECT n = 0 AS "isNow", e.customer, sum(e.calls)::int4 AS calls,
       coalesce(sum(e.calls * (coalesce((e.units ->> 'output')::int8, 0) + coalesce((e.units ->> 'output_reasoning')::int8, 0))), 0)::float8 AS output
  FROM generate_series(0, ${DAYS}) AS n
  JOIN ledger_entry e ON e.org_id = $1 AND e.workload = $2 AND e.calls <> 0
   AND e.booked_at >= $3::timestamptz - n * interval '24 hours' - interval '1 hour' AND e.booked_at < $3::timestamptz - n * interval '24 hours'
 GROUP BY 1, 2`;

const sum = (rows: readonly Row[], customer: string, over: number): Hour => ({
  calls: rows.reduce((all, each) => all + each.calls, 0) / over,
  output: rows.reduce((all, each) => all + each.output, 0) / over,
  ofCustomer: rows.filter((each) => each.customer === customer).reduce((all, each) => all + each.calls, 0) / over,
});

/** The signals of a breach; none where its budget is not of one workload. @throws Fault breach.not_found */
export async function readSignals(ctx: Context, breachId: string): Promise<Signals> {
  const { budget, openedAt } = await readBreach(ctx, breachId);
  const { scope } = await readBudgetRow(ctx.tx, ctx.orgId, budget.id);
  if (scope.workload === undefined) return { looksLike: false, signals: [] };
  const rows = await ctx.tx.query<Row>(SQL, [ctx.orgId, scope.workload, openedAt]);
  const now = rows.filter((each) => each.isNow);
  const customer = [...now].sort((a, b) => b.calls - a.calls)[0]?.customer ?? '';
  const before = rows.filter((each) => !each.isNow);
  return signalsOf({ customer, now: sum(now, customer, 1), usual: sum(before, customer, DAYS) });
}
