import type { Caller } from '@/lib/context';
import { reader } from '@/lib/db';
import { days, type Instant, instant, minutes } from '@/lib/kernel/instant';
import type { Calendar } from '@/lib/kernel/period';
import { tell } from './tell';

/** A sample that nobody has looked at for so long is left where it stands; the story goes on from there when its time comes. */
const AT_MOST = days(2);

type Row = Calendar & { orgId: string; sampleSince: Instant; keyId: string; told: Instant };

/**
 * Goes on with the stories of filled sample workspaces up to now, so that they stay as fresh as real traffic would be.
 * @returns how many were continued
 */
export async function keepSamplesAlive(now: Instant): Promise<number> {
  const rows = await reader().query<Row>(
    `SELECT o.id AS "orgId", o.sample_since AS "sampleSince", o.zone, o.week_start AS "weekStart", o.fiscal_year_start AS "fiscalYearStart",
            k.id AS "keyId",
            (SELECT max(last_received_at) FROM usage_source u WHERE u.org_id = o.id) AS told
       FROM organisation o JOIN api_key k ON k.org_id = o.id AND k.name = 'Sample traffic' AND k.revoked_at IS NULL
      WHERE o.sample_told_at IS NOT NULL`,
  );
  for (const row of rows) {
    const from = instant(Math.max(row.told, now - AT_MOST));
    const program: Caller = {
      orgId: row.orgId,
      requestId: 'sample',
      actor: { kind: 'api_key', id: row.keyId, name: 'Sample traffic', scopes: ['usage:write', 'spend:authorize'], pins: { tags: {} } },
    };
    if (now - from >= minutes(1)) await tell({ program, people: null, calendar: row, today: row.sampleSince }, from, now);
  }
  return rows.length;
}
