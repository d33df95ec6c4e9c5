import type { Context } from '@/lib/context';
import { toIso } from '@/lib/kernel/instant';
import type { Organisation } from '@/lib/org/schema';

/** The calendar as an organisation keeps it. */
export type KeptCalendar = Pick<Organisation, 'zone' | 'weekStart' | 'fiscalYearStart'>;

/**
 * Writes down that a calendar is left now: every period that has begun keeps running by it, one that a sender's clock ahead of ours
 * has booked into too. With the budget set held alone. A calendar left in the very instant of the one before never ran anything.
 */
export async function leaveCalendar(ctx: Context, { zone, weekStart, fiscalYearStart }: KeptCalendar): Promise<void> {
  await ctx.tx.query(
    `INSERT INTO past_calendar (org_id, until, zone, week_start, fiscal_year_start)
     SELECT $1, greatest($2::timestamptz, max(p.starts_at), (SELECT max(until) FROM past_calendar WHERE org_id = $1)), $3, $4, $5
       FROM budget_period p JOIN budget b ON b.org_id = p.org_id AND b.id = p.budget_id AND b.period_kind IS NOT NULL WHERE p.org_id = $1
     ON CONFLICT (org_id, until) DO NOTHING`,
    [ctx.orgId, toIso(ctx.now), zone, weekStart, fiscalYearStart],
  );
}
