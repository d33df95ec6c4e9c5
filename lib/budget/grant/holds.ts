import type { Context } from '@/lib/context';
import type { Meter } from '../meter';

/**
 * Which grant each ending hold was set aside from, by `<hold> <period>`. Nobody looks where no period that ends a hold has any grant.
 */
export async function grantsOfHolds(
  ctx: Context,
  meters: Map<string, Meter>,
  changes: readonly { periodId: string; holdId?: string }[],
): Promise<Map<string, string>> {
  const holds = changes.flatMap(({ periodId, holdId }) => (holdId && meters.get(periodId)?.grants.length ? [holdId] : []));
  if (holds.length === 0) return new Map();
  const rows = await ctx.tx.query<{ hold: string; period: string; grant: string }>(
    'SELECT hold_id AS hold, period_id AS period, grant_id AS "grant" FROM hold_grant WHERE org_id = $1 AND hold_id = ANY($2)',
    [ctx.orgId, [...new Set(holds)]],
    'grants_of_holds',
  );
  return new Map(rows.map((row) => [`${row.hold} ${row.period}`, row.grant]));
}
