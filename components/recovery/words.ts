import { formatMoney } from '@/lib/kernel/format-money';
import { formatDay } from '@/lib/kernel/format-time';
import type { PlanOut, Verdict } from '@/lib/recovery/schema';
import type { StatusKind } from '../ui/status';

export const VERDICT_STATUS: Record<Verdict, StatusKind> = {
  stable: 'stable',
  watch: 'observes',
  worse: 'worse',
  held: 'held',
  inconclusive: 'inconclusive',
};

/** A local date, weekday first: "Tue 10". */
export const dayWords = (date: string): string => formatDay(`${date}T12:00:00Z`, 'UTC');

/** Initials for a narrow cell: "Ada Lovelace" → "AL". */
export const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => part.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase();

/**
 * What of a day's allowance was spent, as a share; null where nothing was allowed. Money as text, nano-dollars. The allowance is what
 * the steps of that day let through, hour by hour: the percent stands in it already.
 */
export function shareOfAllowance(actualNanoUsd: string, allowanceNanoUsd: string): number | null {
  const allowance = BigInt(allowanceNanoUsd);
  return allowance <= 0n ? null : Number((BigInt(actualNanoUsd) * 10_000n) / allowance) / 10_000;
}

/** Whether everything flows and no step holds it: a level was crossed that stopped nothing. */
export const flowsFreely = (plan: Pick<PlanOut, 'stagePercent' | 'hourlyNanoUsd'>): boolean =>
  plan.stagePercent !== null && plan.hourlyNanoUsd === null;

/** How recovery stands, for the phase rail. */
export function recoverNote(plan: PlanOut): string {
  if (plan.phase === 'closed') return 'closed';
  if (plan.stagePercent === null) return plan.room === null ? 'where does the money come from?' : 'nothing flows yet';
  return flowsFreely(plan) ? 'calls still pass' : `at ${plan.stagePercent}\u00a0%`;
}

/** The finding over the strip. */
export function stripFinding({ days, stable, stagePercent }: PlanOut): string {
  if (days.length === 0) return 'The first daily entry is written after midnight.';
  const good = days.filter((day) => day.verdict === 'stable').length;
  const worse = days.filter((day) => day.verdict === 'worse');
  const head = `${good} of ${days.length} ${days.length === 1 ? 'day' : 'days'} stable`;
  const [last] = worse.slice(-1);
  if (last) return `${head}; ${dayWords(last.date)} went over its allowance.`;
  return stagePercent === 100 ? `${head}; ${stable.days} of ${stable.need} in a row at 100\u00a0%.` : `${head}.`;
}

/** "$47.52 / h". */
export const hourly = (nanoUsd: string | null): string => (nanoUsd === null ? '–' : `${formatMoney(nanoUsd)}\u00a0/\u00a0h`);
