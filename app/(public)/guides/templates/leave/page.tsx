import type { Metadata } from 'next';
import { LeaveButton } from '@/components/lead/link-button';
import { GuideFrame } from '@/components/playbook/guide-frame';
import { PageHeader } from '@/components/shell/page-header';
import { Panel } from '@/components/ui/panel';

// The address is the secret: it goes to no other site and into no index.
export const metadata: Metadata = { title: 'No more templates', referrer: 'no-referrer', robots: { index: false } };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function LeavePage({ searchParams }: Props) {
  const { token } = await searchParams;
  return (
    <GuideFrame>
      <PageHeader
        trail={[
          { label: 'Guides', href: '/guides' },
          { label: 'Templates', href: '/guides/templates' },
        ]}
        title="One more click, and no template comes any more."
      />
      <Panel padded>
        <LeaveButton token={typeof token === 'string' ? token : ''} />
      </Panel>
    </GuideFrame>
  );
}
