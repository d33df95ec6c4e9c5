import type { Metadata } from 'next';
import { Overview } from '@/components/overview/overview';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { burnUpOf } from '@/lib/budget/burn-up/read';
import { publicUrl } from '@/lib/env';
import { firstCallCommand } from '@/lib/insight/data/words';
import { movedOf } from '@/lib/insight/overview/moved';
import { overviewOf } from '@/lib/insight/overview/read';

export const metadata: Metadata = { title: 'Overview' };

type Search = Promise<{ budget?: string | string[] }>;

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
      firstCall={firstCallCommand(publicUrl(), ctx.now)}
    />
  );
}
