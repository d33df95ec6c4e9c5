import { audit } from '@/lib/audit/write';
import { lockCurrent } from '@/lib/budget/current';
import { forgetPeriods } from '@/lib/budget/periods';
import { freshBudgetSet, lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { requireVersion } from '@/lib/http/etag';
import { rebuildRollups } from '@/lib/ledger/rebuild';
import { organisationFrom, readOrganisation } from '@/lib/org/reads';
import type { Organisation, OrganisationChange } from '@/lib/org/schema';
import { type KeptCalendar, leaveCalendar } from './leave-calendar';

const isSameCalendar = (a: KeptCalendar, b: KeptCalendar): boolean =>
  a.zone === b.zone && a.weekStart === b.weekStart && a.fiscalYearStart === b.fiscalYearStart;

/**
 * Changes an organisation's settings. With another zone or other label tags the figures by hour and day are made anew from the
 * ledger. With another calendar, periods that have begun run to their end by the old one, and the next by the new one; where nothing
 * was booked or held yet, the periods of now are made anew.
 * @throws Fault etag.mismatch
 */
export async function changeOrganisation(ctx: Context, change: OrganisationChange, ifMatch: number | null): Promise<Organisation> {
  // Whoever books shares this lock: nothing is booked while the calendar moves.
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const row = await readOrganisation(ctx, true);
  requireVersion(row.version, ifMatch);
  const before = organisationFrom(row);
  const wanted = { ...before, ...change };
  const movesCalendar = !isSameCalendar(before, wanted);
  const movesRollups = before.zone !== wanted.zone || before.labelTags.join('\n') !== wanted.labelTags.join('\n');
  const isUsed = movesCalendar && (await isCalendarUsed(ctx));
  if (isUsed) await leaveCalendar(ctx, before);
  await ctx.tx.query(
    `UPDATE organisation SET name = $2, zone = $3, week_start = $4, fiscal_year_start = $5, currency = $6, label_tags = $7,
            version = version + 1, budget_set_version = budget_set_version + 1 WHERE id = $1`,
    [ctx.orgId, wanted.name, wanted.zone, wanted.weekStart, wanted.fiscalYearStart, wanted.currency, wanted.labelTags],
  );
  if (movesCalendar && !isUsed) await makePeriodsAnew(ctx);
  if (movesRollups) await rebuildRollups(ctx.tx, await freshBudgetSet(ctx.tx, ctx.orgId));
  const after = organisationFrom(await readOrganisation(ctx));
  await audit(ctx, 'organisation.changed', { kind: 'organisation', id: ctx.orgId }, said(before), said(after));
  return after;
}

const said = ({ name, zone, weekStart, fiscalYearStart, currency, labelTags }: Organisation) => ({
  ...{ name, zone, weekStart, fiscalYearStart, currency, labelTags },
});

/** Whether any period has figures, a hold or a stop that it must keep. */
async function isCalendarUsed(ctx: Context): Promise<boolean> {
  const { used } = only(
    await ctx.tx.query<{ used: boolean }>(
      `SELECT EXISTS (SELECT FROM ledger_entry WHERE org_id = $1) OR EXISTS (SELECT FROM hold WHERE org_id = $1)
           OR EXISTS (SELECT FROM stop WHERE org_id = $1) OR EXISTS (SELECT FROM budget_grant WHERE org_id = $1) AS used`,
      [ctx.orgId],
    ),
  );
  return used;
}

/** Empty periods of the calendar before are put away, and those of now made by the new one. */
async function makePeriodsAnew(ctx: Context): Promise<void> {
  await ctx.tx.query(`SELECT set_config('hardstop.erase_org', $1, true)`, [ctx.orgId]);
  await ctx.tx.query('DELETE FROM limit_change WHERE org_id = $1', [ctx.orgId]);
  await ctx.tx.query('DELETE FROM budget_period WHERE org_id = $1', [ctx.orgId]);
  await ctx.tx.query(`SELECT set_config('hardstop.erase_org', '', true)`);
  forgetPeriods();
  const set = await freshBudgetSet(ctx.tx, ctx.orgId);
  for (const budget of set.budgets) await lockCurrent(ctx, set, budget);
}
