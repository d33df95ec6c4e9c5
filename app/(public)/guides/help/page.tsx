import type { Metadata } from 'next';
import { HelpForm } from '@/components/lead/help-form';
import { GuideFrame } from '@/components/playbook/guide-frame';
import { PageHeader } from '@/components/shell/page-header';
import { Panel } from '@/components/ui/panel';

export const metadata: Metadata = {
  title: 'Ask for help',
  description: 'Ask people about AI budgets and hard stops, or for an audit of your AI implementation.',
};

type Props = { searchParams: Promise<{ topic?: string | string[]; from?: string | string[] }> };

export default async function HelpPage({ searchParams }: Props) {
  const { topic, from } = await searchParams;
  const page = typeof from === 'string' && /^\/[^\r\n]{0,150}$/.test(from) ? from : '/guides/help';
  return (
    <GuideFrame>
      <PageHeader
        trail={[{ label: 'Guides', href: '/guides' }, { label: 'Help' }]}
        title="Ask people: a question, or an audit of how you use AI."
      />
      <Panel padded>
        <HelpForm topic={topic === 'audit' ? 'audit' : 'help'} page={page} />
      </Panel>
    </GuideFrame>
  );
}
