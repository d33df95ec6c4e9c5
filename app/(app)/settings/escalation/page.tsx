import type { Metadata } from 'next';
import { DUTY_TARGETS, escalationLine, type Target } from '@/components/escalation/words';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { listPolicies } from '@/lib/breach/policy/reads';
import type { Context } from '@/lib/context';
import { listChannels } from '@/lib/notice/channel/reads';
import { listMembers } from '@/lib/org/member/reads';
import { SettingsFrame } from '../frame';
import { MakePolicy, Policies } from './policies';

export const metadata: Metadata = { title: 'Escalation' };

/** Who is told of a breach, in which order, until somebody answers. */
export default async function EscalationPage() {
  const { ctx, member } = await pageCaller('breach.read');
  const [{ items }, targets] = await Promise.all([listPolicies(ctx, { limit: 200, state: 'active' }), targetsOf(ctx)]);
  const mayWrite = mayPass(member, 'policy.write');
  return (
    <SettingsFrame
      tab="escalation"
      title={escalationLine(items, targets)}
      actions={mayWrite ? <MakePolicy targets={targets} /> : undefined}
    >
      <Policies policies={items} targets={targets} mayWrite={mayWrite} />
    </SettingsFrame>
  );
}

/** Everyone and everything that a step can tell. */
async function targetsOf(ctx: Context): Promise<Target[]> {
  const [members, channels] = await Promise.all([
    listMembers(ctx, { limit: 500, state: 'active' }),
    listChannels(ctx, { limit: 500, state: 'live' }),
  ]);
  return [
    ...DUTY_TARGETS,
    ...members.items.map(({ id, name }) => ({ value: `member:${id}`, label: name })),
    ...channels.items.map(({ id, name }) => ({ value: `channel:${id}`, label: name })),
  ];
}
