import type { ReactNode } from 'react';
import { SignedIn } from '@/components/shell/signed-in';
import { pageCaller } from '@/lib/auth/page';
import { lastNumber } from '@/lib/event/reads';
import { freshnessOf } from '@/lib/insight/data/freshness';
import { commandsOf } from '@/lib/insight/overview/commands';
import { readMember } from '@/lib/org/member/reads';
import { readOrganisation } from '@/lib/org/reads';

/** The frame of every signed-in page. It holds nothing back by itself: each page asks who is looking. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const { member, ctx } = await pageCaller();
  // Before all else: what happens while the page is read is told afterwards.
  const lastEvent = await lastNumber(ctx.tx, ctx.orgId);
  const [organisation, { name, email }, freshness, commands] = await Promise.all([
    readOrganisation(ctx),
    readMember(ctx, member.id),
    freshnessOf(ctx),
    commandsOf(ctx),
  ]);
  return (
    <SignedIn
      organisation={organisation.name}
      zone={organisation.zone}
      person={{ name, email }}
      freshness={freshness}
      commands={commands}
      lastEvent={String(lastEvent)}
      sample={organisation.sample_since !== null}
    >
      {children}
    </SignedIn>
  );
}
