import type { Metadata } from 'next';
import { PlaybookList } from '@/components/playbook/playbook-list';
import { pageCaller } from '@/lib/auth/page';
import { listPlaybooks } from '@/lib/playbook/read';

export const metadata: Metadata = { title: 'Playbooks' };

export default async function PlaybooksPage() {
  const { ctx } = await pageCaller('playbook.read');
  return <PlaybookList {...(await listPlaybooks(ctx))} />;
}
