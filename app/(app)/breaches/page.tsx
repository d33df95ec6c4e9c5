import type { Metadata } from 'next';
import { BreachList } from '@/components/breach/breach-list';
import { BOARDS, firstBoard } from '@/components/breach/words';
import { pageCaller } from '@/lib/auth/page';
import { listBreaches } from '@/lib/breach/read/breaches';
import { calendarOf } from '@/lib/budget/read/budgets';
import { toIso } from '@/lib/kernel/instant';
import { listPlans } from '@/lib/recovery/read/plans';

export const metadata: Metadata = { title: 'Breaches' };

const MOST = 500;
const MOST_PLANS = 100;

export default async function BreachesPage({ searchParams }: { searchParams: Promise<{ board?: string }> }) {
  const { ctx } = await pageCaller('breach.read');
  const [{ items }, { zone }, { board: named }] = await Promise.all([listBreaches(ctx, { limit: MOST }), calendarOf(ctx), searchParams]);
  const chosen = BOARDS.find((each) => each === named);
  const board = chosen ?? firstBoard(items);
  // Only their own board shows plans, which are judged on live figures.
  const plans = board === 'recovering' ? (await listPlans(ctx, { limit: MOST_PLANS, state: 'open' })).items : [];
  return <BreachList initial={items} plans={plans} board={board} isChosen={chosen !== undefined} zone={zone} serverNow={toIso(ctx.now)} />;
}
