import { recipientsOf, wordOf } from '@/lib/breach/targets';
import { charged } from '@/lib/budget/figures';
import type { Meter } from '@/lib/budget/meter';
import type { BudgetView } from '@/lib/budget/read/view';
import { levelWords } from '@/lib/budget/threshold/firing';
import { type ThresholdRow, thresholdKey } from '@/lib/budget/threshold/rows';
import type { Context } from '@/lib/context';
import { formatMoney } from '@/lib/kernel/format-money';
import { toIso } from '@/lib/kernel/instant';
import { PPM_ONE } from '@/lib/kernel/money';
import { writeNotices } from '@/lib/notice/write';

/** Tells those whom levels name that they were reached, where no breach tells them. An observing budget's say that nothing is done. */
export async function noticeLevels(
  ctx: Context,
  m: Meter,
  budget: BudgetView,
  levels: ThresholdRow[],
  { raised, breachId }: { raised: Meter['raised']; breachId: string | null },
): Promise<void> {
  const zoneless = { link: `/budgets/${budget.id}`, ...(breachId === null ? {} : { breachId }) };
  for (const level of levels) {
    if (level.tell.length === 0) continue;
    const [title, kind] = level.kind === 'stop' ? [stoppedTitle(m, budget), 'stop.raised'] : [levelTitle(budget, level), 'level.reached'];
    const key = level.kind === 'stop' && raised !== null ? raised.stopId : `${m.id}/${thresholdKey(level)}/${toIso(ctx.now)}`;
    const to = await recipientsOf(ctx, level.tell, budget.ownerId);
    await writeNotices(
      ctx,
      to.map((target) => ({
        ...{ key: `${key}/${wordOf(target)}`, kind, target, title, text: textOf(m, budget, level), ...zoneless },
        data: { budgetId: budget.id, at: level.atPpm / PPM_ONE, chargedNanoUsd: String(charged(m)), amountNanoUsd: String(m.amount) },
      })),
    );
  }
}

/** What is so of a level, after its budget's name: "reached 80 % of its amount". */
export const findingOf = (level: ThresholdRow & { finding?: string }): string =>
  level.finding ?? `reached ${levelWords(level.atPpm)} of its amount`;

const levelTitle = (budget: BudgetView, level: ThresholdRow): string => `${budget.name} ${findingOf(level)}`;
const stoppedTitle = (m: Meter, budget: BudgetView): string =>
  m.enforcing ? `${budget.name} stopped` : `${budget.name} would have stopped`;

function textOf(m: Meter, budget: BudgetView, level: ThresholdRow): string {
  const spent = `${formatMoney(charged(m))} of ${formatMoney(m.amount)} is charged.`;
  if (!m.enforcing) return `${spent} It observes, so nothing is refused.`;
  return `${spent} ${level.kind === 'stop' ? 'Every paid call of its scope is refused.' : `It stops at ${levelWords(budget.stopAt)}.`}`;
}
