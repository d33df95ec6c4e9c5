import type { BudgetOut } from '@/lib/budget/schema';
import type { WorkloadOut } from '@/lib/workload/schema';

/** What the product knows of an organisation, that guides can ask for. */
export type Facts = {
  workloads: WorkloadOut[];
  budgets: BudgetOut[];
  hasDefaultPolicy: boolean;
  /** Channels that are live, and whether their last delivery went through; null before the first. */
  channels: { name: string; ok: boolean | null }[];
  unpriced: { provider: string; model: string }[];
  /** Live keys; `spends` with a scope that can spend or report. */
  keys: { isPinned: boolean; spends: boolean; idleDays: number }[];
  admins: number;
  breaches: { id: string; budgetName: string; unsigned: number }[];
  /** Calls of the last 30 days, and for how many of them it is known what came of them. */
  outcomes: { calls: number; told: number };
};

/** Something that keeps a step from being done, and where it is closed. */
export type Gap = { label: string; say: string; act: string; href: string };
/** Whether a step is done, by live facts: one sentence, and what is missing. */
export type Finding = { done: boolean; say: string; gaps: Gap[] };

/** One word for one, another for several. */
export const are = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** "2 of 5 critical workloads have no owner." */
export function counted(
  gaps: Gap[],
  of: number,
  noun: [one: string, many: string],
  lack: [one: string, many: string],
  all: string,
): Finding {
  if (gaps.length === 0) return { done: true, say: all, gaps };
  return { done: false, say: `${gaps.length} of ${of} ${are(of, ...noun)} ${are(gaps.length, ...lack)}.`, gaps };
}
