import type { Metadata } from 'next';
import { NewBudgetForm } from '@/components/budget/new/new-budget';
import { pageCaller } from '@/lib/auth/page';
import { answersChoice } from '@/lib/breach/policy/choice';
import { calendarOf } from '@/lib/budget/read/budgets';
import { knownValues } from '@/lib/budget/read/known-values';
import { listRates, readOrganisation } from '@/lib/org/reads';

export const metadata: Metadata = { title: 'New budget' };

type Search = Promise<{ workload?: string | string[] }>;

export default async function NewBudgetPage({ searchParams }: { searchParams: Search }) {
  const { ctx } = await pageCaller('budget.write');
  const [{ workload }, known, calendar, organisation, rates, choice] = await Promise.all([
    searchParams,
    knownValues(ctx),
    calendarOf(ctx),
    readOrganisation(ctx),
    listRates(ctx),
    answersChoice(ctx),
  ]);
  const currencies = [...new Set([organisation.currency, 'USD', ...rates.map((rate) => rate.currency)])];
  return <NewBudgetForm {...{ known, calendar, currencies, choice }} workload={typeof workload === 'string' ? workload : null} />;
}
