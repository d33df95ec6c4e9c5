import type { Metadata } from 'next';
import { ValueScreen } from '@/components/value/value-screen';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { publicUrl } from '@/lib/env';
import { listMembers } from '@/lib/org/member/reads';
import { readValue } from '@/lib/value/read';

export const metadata: Metadata = { title: 'Value' };

const MOST = 500;

export default async function ValuePage() {
  const { member, ctx } = await pageCaller('spend.read');
  const [value, members] = await Promise.all([readValue(ctx), listMembers(ctx, { limit: MOST })]);
  return (
    <ValueScreen
      baseUrl={publicUrl()}
      initial={value}
      members={Object.fromEntries(members.items.map(({ id, name }) => [id, name]))}
      mayPlan={mayPass(member, 'kpi.write')}
      mayPropose={mayPass(member, 'containment.write')}
    />
  );
}
