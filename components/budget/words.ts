import type { BudgetOut } from '@/lib/budget/schema';
import type { FreshnessOut } from '@/lib/insight/data/freshness';
import { formatMoney } from '@/lib/kernel/format-money';
import { formatDayRange, formatDayTime, formatExpectedDay } from '@/lib/kernel/format-time';

const FIELD_WORDS: Record<string, string> = {
  ...{ workload: 'workload', feature: 'feature', team: 'team', costCentre: 'cost centre', provider: 'provider', model: 'model' },
  ...{ trafficStage: 'traffic stage', customer: 'customer', tags: 'tag' },
};

/** A dimension of a scope in a word. */
export const fieldWord = (field: string): string => FIELD_WORDS[field] ?? field;

/** A scope as name and value pairs, tags last: `workload support-bot`, `tag env = prod`. */
export function scopeParts(scope: BudgetOut['scope']): { field: string; value: string }[] {
  return Object.entries(scope).flatMap(([field, value]) =>
    typeof value === 'string'
      ? [{ field: fieldWord(field), value }]
      : Object.entries(value).map(([name, text]) => ({ field: `tag ${name}`, value: text })),
  );
}

/** What a budget covers, in words. */
export function scopeWords({ kind, scope }: Pick<BudgetOut, 'kind' | 'scope'>): string {
  if (kind === 'everything') return 'every call';
  if (kind === 'unassigned') return 'workloads that nobody has taken on';
  const parts = scopeParts(scope);
  return parts.length === 0 ? 'every call' : parts.map((part) => `${part.field} ${part.value}`).join(', ');
}

/** The period's kind and the days it runs now. */
export function periodWords({ period, current }: Pick<BudgetOut, 'period' | 'current'>, zone: string): string {
  const days = formatDayRange(current.startsAt, current.endsAt, zone);
  return typeof period === 'string' ? `${period}, ${days}` : `fixed dates, ${days}`;
}

/** What is left to the limit, never below nothing. */
export function leftToLimit({ current }: Pick<BudgetOut, 'current'>): bigint {
  const left = BigInt(current.limitNanoUsd) - BigInt(current.committedNanoUsd);
  return left > 0n ? left : 0n;
}

/** The answer of a budget's page: how much is left, and where it goes. At most 16 words. @param silentSince where its figures end, when its sources are silent */
export function budgetFirstLine(budget: BudgetOut, zone: string, silentSince: string | null): string {
  const { current, name, mode } = budget;
  if (budget.endedAt !== null) return `${name} has ended; its history stays.`;
  const left = formatMoney(leftToLimit(budget));
  if (current.stopId !== null && mode === 'enforce') return `${name} is stopped: its paid calls are refused until someone lifts it.`;
  if (current.stopId !== null) return `${name} has passed its limit; it observes, so nothing is refused.`;
  if (silentSince !== null)
    return `${name} stands still since ${formatDayTime(silentSince, zone)}; at least ${formatMoney(current.chargedNanoUsd)} is charged.`;
  if (current.chargedNanoUsd === '0') return `${name} has spent nothing in this period; ${left} is left to its limit.`;
  if (current.runwayAt === null) return `${name} has ${left} left to its limit; it is expected to hold.`;
  const verb = mode === 'enforce' ? 'stops' : 'passes it';
  return `${name} has ${left} left to its limit; it ${verb} about ${formatExpectedDay(current.runwayAt, zone, current.forecast?.earliestAt, current.forecast?.latestAt)}.`;
}

const COUNTS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];
const counted = (count: number): string => COUNTS[count] ?? String(count);

/** The answer of the list of budgets. At most 16 words. */
export function budgetsFirstLine(budgets: BudgetOut[], freshness: FreshnessOut, zone: string): string {
  const stopped = budgets.filter((each) => each.current.stopId !== null && each.mode === 'enforce');
  const due = budgets.filter((each) => each.current.stopId === null && each.current.runwayAt !== null);
  const all = `${counted(budgets.length)} ${budgets.length === 1 ? 'budget' : 'budgets'}`;
  const [first] = stopped;
  if (first)
    return stopped.length === 1 ? `${all}; ${first.name} is stopped.` : `${all}; ${counted(stopped.length).toLowerCase()} are stopped.`;
  if (freshness.state === 'none') return `${all}; nothing has been counted yet.`;
  if (freshness.state === 'stale' && freshness.lastEventAt)
    return `${all}; their figures stand still since ${formatDayTime(freshness.lastEventAt, zone)}.`;
  const [next] = due.sort((a, b) => ((a.current.runwayAt ?? '') < (b.current.runwayAt ?? '') ? -1 : 1));
  if (next && due.length === 1) return `${all}; ${next.name} passes its limit this period.`;
  if (next) return `${all}; ${counted(due.length).toLowerCase()} pass their limits this period, ${next.name} first.`;
  const observing = budgets.filter((each) => each.mode === 'observe').length;
  if (observing === budgets.length) return `${all}; all of them observe, so nothing can be refused.`;
  return `${all}; none will pass its limit this period.`;
}

/** The rows behind what is charged, as a file; null where no query of rows says the same as the budget's scope. */
export function chargedCsv({ kind, scope, current }: BudgetOut): string | undefined {
  if (kind === 'unassigned' || 'provider' in scope || 'model' in scope) return undefined;
  const query = new URLSearchParams({ from: current.startsAt, to: current.endsAt });
  for (const [field, value] of Object.entries(scope)) {
    if (typeof value === 'string') query.set(field, value);
    else for (const [name, text] of Object.entries(value)) query.set(`tag.${name}`, text);
  }
  return [...query.values()].some((value) => value.includes(',')) ? undefined : `/api/v1/usage.csv?${query}`;
}
