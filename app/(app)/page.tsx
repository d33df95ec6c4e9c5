import type { Metadata } from 'next';
import { Overview } from '@/components/overview/overview';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { burnUpOf } from '@/lib/budget/burn-up/read';
import { publicUrl } from '@/lib/env';
import { movedOf } from '@/lib/insight/overview/moved';
import { overviewOf } from '@/lib/insight/overview/read';

export const metadata: Metadata = { title: 'Overview' };

type Search = Promise<{ budget?: string | string[] }>;

/** A call as a program would report it, ready to be pasted. */
function firstCall(now: string): string {
  const units = { input: 812, output: 143 };
  const record = { eventId: 'my-first-call', occurredAt: now, workload: 'support-bot', provider: 'openai', model: 'gpt-4o-mini', units };
  return [
    `curl -X POST ${publicUrl()}/api/v1/usage \\`,
    "  -H 'authorization: Bearer hs_live_…' -H 'content-type: application/json' \\",
    `  -d '${JSON.stringify({ records: [record] })}'`,
  ].join('\n');
}

export default async function OverviewPage({ searchParams }: { searchParams: Search }) {
  const { member, ctx } = await pageCaller('budget.read');
  const [{ budget: named }, overview] = [await searchParams, await overviewOf(ctx)];
  const chosen = overview.budgets.find((each) => each.id === named) ?? overview.budgets[0];
  const [moved, burnUp] = await Promise.all([movedOf(ctx, chosen?.id ?? null), chosen ? burnUpOf(ctx, chosen.id) : null]);
  return (
    <Overview
      initial={overview}
      moved={{ budgetId: chosen?.id ?? null, moved }}
      burnUp={chosen && burnUp ? { budgetId: chosen.id, burnUp } : null}
      mayAdopt={mayPass(member, 'workload.write')}
      firstCall={firstCall(overview.now)}
    />
  );
}
