import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BreachScreen } from '@/components/breach/breach-screen';
import { type PageCaller, pageCaller } from '@/lib/auth/page';
import { readBreach } from '@/lib/breach/read/breaches';
import type { BreachDetailOut } from '@/lib/breach/schema';
import { calendarOf } from '@/lib/budget/read/budgets';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';

type Params = { params: Promise<{ id: string }> };

async function breachOr404({ ctx }: PageCaller, id: string): Promise<BreachDetailOut> {
  try {
    return await readBreach(ctx, id);
  } catch (error) {
    if (error instanceof Fault && error.code === 'breach.not_found') notFound();
    throw error;
  }
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const caller = await pageCaller('breach.read');
  return { title: (await breachOr404(caller, (await params).id)).title };
}

export default async function BreachPage({ params }: Params) {
  const caller = await pageCaller('breach.read');
  const breach = await breachOr404(caller, (await params).id);
  const { zone } = await calendarOf(caller.ctx);
  return <BreachScreen initial={breach} plan={null} zone={zone} serverNow={toIso(caller.ctx.now)} mayRecover={false} />;
}
