import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { WorkloadScreen } from '@/components/workload/workload-screen';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { listPolicies } from '@/lib/breach/policy/reads';
import { calendarOf, listBudgets } from '@/lib/budget/read/budgets';
import { listActions } from '@/lib/containment/reads';
import { Fault } from '@/lib/kernel/fault';
import { listMembers } from '@/lib/org/member/reads';
import { readWorkload } from '@/lib/workload/reads';

type Props = { params: Promise<{ slug: string }> };

const MOST = 500;
const slugOf = async ({ params }: Props): Promise<string> => decodeURIComponent((await params).slug);

export const generateMetadata = async (props: Props): Promise<Metadata> => ({ title: await slugOf(props) });

export default async function WorkloadPage(props: Props) {
  const { member, ctx } = await pageCaller('workload.read');
  const slug = await slugOf(props);
  const [workload, budgets, members, actions, policies, { zone }] = await Promise.all([
    readWorkload(ctx, slug).catch((error: unknown) => {
      if (error instanceof Fault && error.code === 'workload.not_found') notFound();
      throw error;
    }),
    listBudgets(ctx, { limit: MOST }),
    listMembers(ctx, { limit: MOST, state: 'active' }),
    listActions(ctx, { limit: MOST, state: 'open' }),
    listPolicies(ctx, { limit: MOST, state: 'active' }),
    calendarOf(ctx),
  ]);
  return (
    <WorkloadScreen
      initial={workload}
      budgets={budgets.items}
      actions={actions.items}
      hasDefaultPolicy={policies.items.some((each) => each.isDefault)}
      zone={zone}
      memberNames={Object.fromEntries(members.items.map(({ id, name }) => [id, name]))}
      mayWrite={mayPass(member, 'workload.write')}
    />
  );
}
