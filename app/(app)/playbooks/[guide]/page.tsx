import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PlaybookScreen } from '@/components/playbook/playbook-screen';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { calendarOf } from '@/lib/budget/read/budgets';
import { listMembers } from '@/lib/org/member/reads';
import { guideOf } from '@/lib/playbook/guides/all';
import { readPlaybook } from '@/lib/playbook/read';

type Props = { params: Promise<{ guide: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: guideOf((await params).guide)?.title ?? 'Playbooks' };
}

const MOST = 500;

export default async function PlaybookPage({ params }: Props) {
  const { member, ctx } = await pageCaller('playbook.read');
  const { guide } = await params;
  if (guideOf(guide) === null) notFound();
  const [playbook, members, { zone }] = await Promise.all([readPlaybook(ctx, guide), listMembers(ctx, { limit: MOST }), calendarOf(ctx)]);
  return (
    <PlaybookScreen
      initial={playbook}
      zone={zone}
      members={Object.fromEntries(members.items.map(({ id, name }) => [id, name]))}
      mayWrite={mayPass(member, 'playbook.write')}
    />
  );
}
