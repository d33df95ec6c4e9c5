import type { Tx } from '@/lib/db';
import type { PastCalendar } from '@/lib/kernel/calendar-history';

/** The calendars that an organisation has left, in the order in which it left them. */
export const pastCalendars = (tx: Tx, orgId: string): Promise<PastCalendar[]> =>
  tx.query<PastCalendar>(
    'SELECT zone, week_start AS "weekStart", fiscal_year_start AS "fiscalYearStart", until FROM past_calendar WHERE org_id = $1 ORDER BY until',
    [orgId],
  );
