import type { Metadata } from 'next';
import { escalationLine, memberTargets, type Target } from '@/components/escalation/words';
import { isAway } from '@/components/settings/away/away';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { listPolicies } from '@/lib/breach/policy/reads';
import type { Context } from '@/lib/context';
import { formatDay } from '@/lib/kernel/format-time';
import { toIso } from '@/lib/kernel/instant';
import { listChannels } from '@/lib/notice/channel/reads';
import { listMembers } from '@/lib/org/member/reads';
import { readOrganisation } from '@/lib/org/reads';
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
  const [members, { zone }, channels] = await Promise.all([
    listMembers(ctx, { limit: 500, state: 'active' }),
    readOrganisation(ctx),
    listChannels(ctx, { limit: 500, state: 'live' }),
  ]);
  return [
    ...memberTargets(
      members.items.map((each) => ({
        ...{ id: each.id, name: each.name, deputyId: each.deputyId, isAdmin: each.role === 'admin' },
        isEscalationOwner: each.duties.includes('escalation_owner'),
        away: isAway(each, toIso(ctx.now)) ? formatDay(each.awayUntil ?? '', zone) : null,
      })),
    ),
    ...channels.items.map(({ id, name }) => ({ value: `channel:${id}`, label: name })),
  ];
}
