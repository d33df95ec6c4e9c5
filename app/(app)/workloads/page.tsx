import type { Metadata } from 'next';
import { WorkloadList } from '@/components/workload/workload-list';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { listMembers } from '@/lib/org/member/reads';
import { listWorkloads } from '@/lib/workload/reads';

export const metadata: Metadata = { title: 'Workloads' };

const MOST = 500;

export default async function WorkloadsPage() {
  const { member, ctx } = await pageCaller('workload.read');
  const [workloads, members] = await Promise.all([listWorkloads(ctx, { limit: MOST }), listMembers(ctx, { limit: MOST })]);
  return (
    <WorkloadList
      initial={workloads.items}
      memberNames={Object.fromEntries(members.items.map(({ id, name }) => [id, name]))}
      mayWrite={mayPass(member, 'workload.write')}
    />
  );
}
