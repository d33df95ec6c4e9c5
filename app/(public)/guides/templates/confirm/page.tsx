import type { Metadata } from 'next';
import { ConfirmButton } from '@/components/lead/link-button';
import { GuideFrame } from '@/components/playbook/guide-frame';
import { PageHeader } from '@/components/shell/page-header';
import { Panel } from '@/components/ui/panel';

// The address is the secret: it goes to no other site and into no index.
export const metadata: Metadata = { title: 'Confirm', referrer: 'no-referrer', robots: { index: false } };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function ConfirmPage({ searchParams }: Props) {
  const { token } = await searchParams;
  return (
    <GuideFrame>
      <PageHeader
        trail={[
          { label: 'Guides', href: '/guides' },
          { label: 'Templates', href: '/guides/templates' },
        ]}
        title="One more click, and a template comes every week."
      />
      <Panel padded>
        <ConfirmButton token={typeof token === 'string' ? token : ''} />
      </Panel>
    </GuideFrame>
  );
}
