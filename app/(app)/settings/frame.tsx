import type { ReactNode } from 'react';
import { Refused } from '@/components/settings/refused';
import { PageHeader } from '@/components/shell/page-header';
import { TabLinks } from '@/components/ui/tabs';
import type { Context } from '@/lib/context';
import { listMembers } from '@/lib/org/member/reads';

const TABS = [
  { key: 'organisation', label: 'Organisation', href: '/settings' },
  { key: 'members', label: 'Members', href: '/settings/members' },
  { key: 'keys', label: 'API keys', href: '/settings/keys' },
  { key: 'providers', label: 'Providers', href: '/settings/providers' },
  { key: 'prices', label: 'Prices', href: '/settings/prices' },
  { key: 'channels', label: 'Channels', href: '/settings/channels' },
  { key: 'escalation', label: 'Escalation', href: '/settings/escalation' },
  { key: 'log', label: 'Change log', href: '/settings/log' },
];
export type SettingsTab = 'organisation' | 'members' | 'keys' | 'providers' | 'prices' | 'channels' | 'escalation' | 'log';

/** A page of Settings: its first line, the tabs (an address each), and what the tab holds. */
export function SettingsFrame({
  tab,
  title,
  actions,
  children,
}: {
  tab: SettingsTab;
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <PageHeader
        trail={[{ label: 'Settings', href: '/settings' }, { label: TABS.find(({ key }) => key === tab)?.label ?? '' }]}
        title={title}
        actions={actions}
      />
      <TabLinks label="Settings" tabs={TABS} current={tab} inRows className="mb-4 md:px-0" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">{children}</div>
    </>
  );
}

/** A tab that this person may not see: why, and whom to ask. */
export async function RefusedTab({ tab, ctx, title, what }: { tab: SettingsTab; ctx: Context; title: string; what: string }) {
  const { items } = await listMembers(ctx, { limit: 500, state: 'active' });
  const admins = items.filter((member) => member.role === 'admin').map((member) => member.name);
  return (
    <SettingsFrame tab={tab} title={title}>
      <Refused what={what} who={admins.slice(0, 3)} />
    </SettingsFrame>
  );
}
