import type { Metadata } from 'next';
import { Implementation } from '@/components/playbook/implementation';
import { pageCaller } from '@/lib/auth/page';
import { readImplementation } from '@/lib/playbook/implementation/read';

export const metadata: Metadata = { title: 'Implementation audit' };

export default async function AuditPage() {
  const { ctx } = await pageCaller('playbook.read');
  return <Implementation report={await readImplementation(ctx)} />;
}
