import type { Metadata } from 'next';
import { BudgetList } from '@/components/budget/budget-list';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { calendarOf, listBudgets } from '@/lib/budget/read/budgets';
import { freshnessOf } from '@/lib/insight/data/freshness';
import { toIso } from '@/lib/kernel/instant';

export const metadata: Metadata = { title: 'Budgets' };

const MOST = 500;

export default async function BudgetsPage() {
  const { member, ctx } = await pageCaller('budget.read');
  const [{ items }, { zone }, freshness] = await Promise.all([listBudgets(ctx, { limit: MOST }), calendarOf(ctx), freshnessOf(ctx)]);
  return <BudgetList initial={items} freshness={freshness} zone={zone} now={toIso(ctx.now)} mayMake={mayPass(member, 'budget.write')} />;
}
