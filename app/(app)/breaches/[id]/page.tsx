import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BreachScreen } from '@/components/breach/breach-screen';
import { type PageCaller, pageCaller } from '@/lib/auth/page';
import { ownsBudget, RIGHTS } from '@/lib/auth/rights';
import { readBreach } from '@/lib/breach/read/breaches';
import type { BreachDetailOut } from '@/lib/breach/schema';
import { calendarOf } from '@/lib/budget/read/budgets';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { readSignals } from '@/lib/playbook/injection/read';
import { readPlan } from '@/lib/recovery/read/plans';

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
  const { member, ctx } = caller;
  const breach = await breachOr404(caller, (await params).id);
  const [{ zone }, plan, signals] = await Promise.all([
    calendarOf(ctx),
    breach.planId === null ? null : readPlan(ctx, breach.planId),
    readSignals(ctx, breach.id),
  ]);
  // By role everywhere, by duty on a budget of their own: the door asks the same.
  const mayRecover = RIGHTS['recovery.write'].roles.includes(member.role) || ownsBudget(member, breach.budget.ownerId);
  return <BreachScreen initial={breach} plan={plan} zone={zone} serverNow={toIso(ctx.now)} mayRecover={mayRecover} signals={signals} />;
}
