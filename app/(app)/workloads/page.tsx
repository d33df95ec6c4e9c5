import type { Metadata } from 'next';
import { WorkloadList } from '@/components/workload/workload-list';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { listPolicies } from '@/lib/breach/policy/reads';
import { listBudgets } from '@/lib/budget/read/budgets';
import { listMembers } from '@/lib/org/member/reads';
import { listWorkloads } from '@/lib/workload/reads';

export const metadata: Metadata = { title: 'Workloads' };

const MOST = 500;

export default async function WorkloadsPage() {
  const { member, ctx } = await pageCaller('workload.read');
  const [workloads, members, budgets, policies] = await Promise.all([
    listWorkloads(ctx, { limit: MOST }),
    listMembers(ctx, { limit: MOST }),
    listBudgets(ctx, { limit: MOST }),
    listPolicies(ctx, { limit: MOST, state: 'active' }),
  ]);
  return (
    <WorkloadList
      initial={workloads.items}
      budgets={budgets.items}
      hasDefaultPolicy={policies.items.some((each) => each.isDefault)}
      memberNames={Object.fromEntries(members.items.map(({ id, name }) => [id, name]))}
      mayWrite={mayPass(member, 'workload.write')}
    />
  );
}
