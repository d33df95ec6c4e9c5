import type { Metadata } from 'next';
import { ContainmentScreen } from '@/components/containment/containment-screen';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { calendarOf, listBudgets } from '@/lib/budget/read/budgets';
import { listActions } from '@/lib/containment/reads';
import { freshnessOf } from '@/lib/insight/data/freshness';
import { listWorkloads } from '@/lib/workload/reads';

export const metadata: Metadata = { title: 'Containment' };

const MOST = 500;

export default async function ContainmentPage() {
  const { member, ctx } = await pageCaller('containment.read');
  const [workloads, budgets, actions, freshness, { zone }] = await Promise.all([
    listWorkloads(ctx, { limit: MOST }),
    listBudgets(ctx, { limit: MOST }),
    listActions(ctx, { limit: MOST, state: 'open' }),
    freshnessOf(ctx),
    calendarOf(ctx),
  ]);
  return (
    <ContainmentScreen
      workloads={workloads.items}
      budgets={budgets.items}
      initial={actions.items}
      freshness={freshness}
      zone={zone}
      mayWrite={mayPass(member, 'containment.write')}
    />
  );
}
