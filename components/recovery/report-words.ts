import { formatMoney } from '@/lib/kernel/format-money';
import { formatLength, momentMs } from '@/lib/kernel/format-time';
import type { ReportOut } from '@/lib/recovery/report/report';

const ACTIONS: Record<string, string> = {
  route: 'Cheaper model',
  rate_limit: 'Slower',
  disable_feature: 'Without a feature',
  block: 'Blocked',
};

/** What was done to spend, in the words of the ladder. */
export const actionWords = (kind: string): string => ACTIONS[kind] ?? kind;

const DECISIONS: Record<ReportOut['decisions'][number]['kind'], string> = {
  open: 'Opened',
  room: 'Money',
  cause: 'Cause',
  resume: 'Resumed',
  step_back: 'Stepped back',
  abort: 'Stopped',
  lifted: 'Lifted',
  escalate: 'Escalated',
  close: 'Closed',
  reopen: 'Opened again',
};

/** What was decided, in a word. */
export const decisionWords = (kind: ReportOut['decisions'][number]['kind']): string => DECISIONS[kind];

/** The first line of a report: how it went, or how far it is. */
export function reportFirstLine({ budgetName, isFinal, openedAt, closedAt, cost, days }: ReportOut): string {
  const spent = formatMoney(cost.spentSinceNanoUsd);
  if (isFinal && closedAt !== null)
    return `${budgetName} came back in ${formatLength(momentMs(closedAt) - momentMs(openedAt))}; ${spent} spent on the way.`;
  return `${budgetName} so far: ${days.length} ${days.length === 1 ? 'day' : 'days'} on the way back, ${spent} spent.`;
}
