'use client';

import { FirstBudget } from '@/components/first-run/first-budget';
import { sayDone } from '@/components/ui/toast';
import { useFirstBudget } from '@/lib/setup/client';
import type { Proposal } from '@/lib/setup/guard/reads';

/** Makes the proposed budget, or leads to where it can be changed first. */
export function MakeBudget({ proposal, refused }: { proposal: Proposal; refused: string | null }) {
  const make = useFirstBudget();
  const { workload, amount, currency, fromDays } = proposal;
  const query = new URLSearchParams({ workload, amount, currency, mode: 'observe' });
  return (
    <FirstBudget
      workload={workload}
      amount={currency === 'USD' ? `$${amount}` : `${amount} ${currency}`}
      fromDays={fromDays}
      href={`/budgets/new?${query}`}
      refused={refused}
      busy={make.isPending}
      problem={make.error}
      onMake={() => make.mutate(proposal, { onSuccess: () => sayDone(`${workload} has a budget. It observes.`) })}
    />
  );
}
