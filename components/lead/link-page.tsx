import type { Metadata } from 'next';
import type { ComponentType } from 'react';
import { GuideFrame } from '../playbook/guide-frame';
import { PageHeader } from '../shell/page-header';
import { Panel } from '../ui/panel';
import type { LinkButtonProps } from './link-button';

/** The address of such a page is the secret: it goes to no other site and into no index. */
export const linkPage = (title: string): Metadata => ({ title, referrer: 'no-referrer', robots: { index: false } });

type LinkPageProps = { searchParams: Promise<{ token?: string | string[] }>; title: string; button: ComponentType<LinkButtonProps> };

/** Where the link of a mail leads: one button, which says what the link is for. */
export async function LinkPage({ searchParams, title, button: Button }: LinkPageProps) {
  const { token } = await searchParams;
  return (
    <GuideFrame>
      <PageHeader
        trail={[
          { label: 'Guides', href: '/guides' },
          { label: 'Templates', href: '/guides/templates' },
        ]}
        title={title}
      />
      <Panel padded>
        <Button token={typeof token === 'string' ? token : ''} />
      </Panel>
    </GuideFrame>
  );
}
