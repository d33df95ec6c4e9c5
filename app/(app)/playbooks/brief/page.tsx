import type { Metadata } from 'next';
import { BriefScreen } from '@/components/playbook/brief/brief-screen';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { calendarOf } from '@/lib/budget/read/budgets';
import { readBrief } from '@/lib/playbook/brief/read';

export const metadata: Metadata = { title: 'Working brief' };

export default async function BriefPage() {
  const { member, ctx } = await pageCaller('playbook.read');
  const [brief, { zone }] = await Promise.all([readBrief(ctx), calendarOf(ctx)]);
  return (
    <BriefScreen initial={brief} zone={zone} mayWrite={mayPass(member, 'playbook.write')} mayBudget={mayPass(member, 'budget.write')} />
  );
}
