import type { z } from 'zod';
import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { dayFactsOut, Percent, Verdict } from '../schema';
import type { Judged } from './judge';

/** A daily entry as it was written. `correction` 0 is the first of its day. */
export type DayRow = {
  date: string;
  correction: number;
  startsAt: Instant;
  endsAt: Instant;
  actual: NanoUsd;
  target: NanoUsd;
  percent: Percent | null;
  verdict: Verdict;
  facts: z.output<typeof dayFactsOut>;
  writtenAt: Instant;
};

/** All entries of a plan, by date and correction. */
export const dayRows = (ctx: Context, planId: string): Promise<DayRow[]> =>
  ctx.tx.query<DayRow>(
    `SELECT date, correction, starts_at AS "startsAt", ends_at AS "endsAt", actual_nano AS actual, target_nano AS target, percent, verdict, facts,
            written_at AS "writtenAt"
       FROM recovery_day WHERE org_id = $1 AND plan_id = $2 ORDER BY date, correction`,
    [ctx.orgId, planId],
  );

/** The entry of each day that counts now, in their order: the last correction. */
export const latestOf = (rows: readonly DayRow[]): DayRow[] => [...new Map(rows.map((row) => [row.date, row])).values()];

/** Writes an entry; where another worker has just written the same one, nothing. @returns whether it was new */
export async function insertDay(ctx: Context, planId: string, date: string, correction: number, judged: Judged): Promise<boolean> {
  const rows = await ctx.tx.query(
    `INSERT INTO recovery_day (org_id, plan_id, date, correction, starts_at, ends_at, actual_nano, target_nano, percent, verdict, facts, written_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING 1`,
    [
      ...[ctx.orgId, planId, date, correction, toIso(judged.startsAt), toIso(judged.endsAt), judged.actual, judged.allowance],
      ...[judged.percent, judged.verdict, judged.facts, toIso(ctx.now)],
    ],
  );
  return rows.length > 0;
}
