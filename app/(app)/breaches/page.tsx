import type { Metadata } from 'next';
import { BreachList } from '@/components/breach/breach-list';
import { pageCaller } from '@/lib/auth/page';
import { listBreaches } from '@/lib/breach/read/breaches';
import { calendarOf } from '@/lib/budget/read/budgets';
import { toIso } from '@/lib/kernel/instant';

export const metadata: Metadata = { title: 'Breaches' };

const MOST = 500;
const BOARDS = ['open', 'recovering', 'closed'] as const;

export default async function BreachesPage({ searchParams }: { searchParams: Promise<{ board?: string }> }) {
  const { ctx } = await pageCaller('breach.read');
  const [{ items }, { zone }, { board }] = await Promise.all([listBreaches(ctx, { limit: MOST }), calendarOf(ctx), searchParams]);
  return <BreachList initial={items} board={BOARDS.find((each) => each === board) ?? 'open'} zone={zone} serverNow={toIso(ctx.now)} />;
}
