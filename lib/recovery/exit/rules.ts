import type { NanoUsd } from '@/lib/kernel/money';
import type { CriterionOut, Percent, Verdict } from '../schema';

/** So many stable days in a row at 100 % end a recovery. */
export const STABLE_DAYS = 3;

/** A day as exit looks at it. `wholeAt` is the percent that flowed for all of it; null where it changed or nothing did. */
export type ExitDay = { verdict: Verdict; wholeAt: Percent | null };

/**
 * The stable days in a row up to the last one, at 100 % for all of the day: each resume step begins the count again, and so does any
 * other verdict. A day without evidence is no stable day. @param days in their order
 */
export function stableRun(days: readonly ExitDay[]): number {
  let run = 0;
  for (const day of days) run = day.verdict === 'stable' && day.wholeAt === 100 ? run + 1 : 0;
  return run;
}

export type ExitFacts = {
  stableDays: number;
  forecastUpper: NanoUsd | null;
  limit: NanoUsd;
  unpriced: number;
  openGrants: number;
  callsToday: number;
  lastDayCalls: number;
  checksDone: number;
  checks: number;
};

/** The exit criteria, live, in the order in which they are shown. */
export function criteriaOf(f: ExitFacts): CriterionOut[] {
  const demand = f.callsToday > 0 || f.lastDayCalls > 0;
  return [
    {
      ...{ key: 'stable_days', met: f.stableDays >= STABLE_DAYS, have: String(f.stableDays), need: String(STABLE_DAYS) },
      detail: `${f.stableDays} of ${STABLE_DAYS} stable days in a row at 100 %.`,
    },
    {
      ...{ key: 'forecast', met: f.forecastUpper !== null && f.forecastUpper <= f.limit },
      ...{ have: f.forecastUpper === null ? '' : String(f.forecastUpper), need: String(f.limit) },
      detail: f.forecastUpper === null ? 'There is no forecast yet.' : 'The forecast’s upper edge stays under the limit.',
    },
    { key: 'unpriced', met: f.unpriced === 0, have: String(f.unpriced), need: '0', detail: 'No call of the period is without a price.' },
    { key: 'grants', met: f.openGrants === 0, have: String(f.openGrants), need: '0', detail: 'No grant is open.' },
    { key: 'demand', met: demand, have: String(f.callsToday), need: '1', detail: 'Calls come: zero spend is not stability.' },
    {
      ...{ key: 'checks', met: f.checksDone === f.checks, have: String(f.checksDone), need: String(f.checks) },
      detail: 'Every action of the check list is done.',
    },
  ];
}
