import type { Metadata } from 'next';
import { NewBudgetForm } from '@/components/budget/new/new-budget';
import { pageCaller } from '@/lib/auth/page';
import { calendarOf } from '@/lib/budget/read/budgets';
import { knownValues } from '@/lib/budget/read/known-values';
import { listRates, readOrganisation } from '@/lib/org/reads';

export const metadata: Metadata = { title: 'New budget' };

type Search = Promise<{ workload?: string | string[] }>;

export default async function NewBudgetPage({ searchParams }: { searchParams: Search }) {
  const { ctx } = await pageCaller('budget.write');
  const [{ workload }, known, calendar, organisation, rates] = await Promise.all([
    searchParams,
    knownValues(ctx),
    calendarOf(ctx),
    readOrganisation(ctx),
    listRates(ctx),
  ]);
  const currencies = [...new Set([organisation.currency, 'USD', ...rates.map((rate) => rate.currency)])];
  return (
    <NewBudgetForm known={known} calendar={calendar} currencies={currencies} workload={typeof workload === 'string' ? workload : null} />
  );
}
