import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BudgetScreen, type MayNot } from '@/components/budget/budget-screen';
import { type PageCaller, pageCaller } from '@/lib/auth/page';
import { mayPass, ownsBudget, RIGHTS, type Right } from '@/lib/auth/rights';
import { answersChoice } from '@/lib/breach/policy/choice';
import { burnUpOf } from '@/lib/budget/burn-up/read';
import { listGrants } from '@/lib/budget/grant/reads';
import { mayApproveGrant, mayAskForGrant, mayEndGrant } from '@/lib/budget/grant/rights';
import { calendarOf, readBudget } from '@/lib/budget/read/budgets';
import { budgetHistory } from '@/lib/budget/read/history';
import { levelChoices } from '@/lib/budget/read/level-choices';
import { refusalsOf } from '@/lib/budget/read/refusals';
import type { BudgetOut } from '@/lib/budget/schema';
import { boundsOf } from '@/lib/insight/overview/bounds';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, parseInstant, toIso } from '@/lib/kernel/instant';

type Params = { params: Promise<{ id: string }> };

async function budgetOr404({ ctx }: PageCaller, id: string): Promise<BudgetOut> {
  try {
    return await readBudget(ctx, id);
  } catch (error) {
    if (error instanceof Fault && error.code === 'budget.not_found') notFound();
    throw error;
  }
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const caller = await pageCaller('budget.read');
  return { title: (await budgetOr404(caller, (await params).id)).name };
}

/** Whether a member may do something to this budget: by role, or as its owner. */
const may = (member: PageCaller['member'], right: Right, ownerId: string | null): boolean =>
  RIGHTS[right].roles.includes(member.role) || (RIGHTS[right].duty !== undefined && mayPass(member, right) && ownsBudget(member, ownerId));

function mayNotOf(member: PageCaller['member'], ownerId: string | null): MayNot {
  return {
    thresholds: may(member, 'threshold.write', ownerId) ? null : 'Only an admin or this budget’s owner changes its levels.',
    mode: may(member, 'budget.mode', ownerId) ? null : 'Only an analyst, an admin or this budget’s owner changes its mode.',
  };
}

const at = (iso: string): Instant => parseInstant(iso) as Instant;

export default async function BudgetPage({ params }: Params) {
  const caller = await pageCaller('budget.read');
  const { member, ctx } = caller;
  const budget = await budgetOr404(caller, (await params).id);
  const { ownerId, current } = budget;
  const [calendar, burnUp, history, refusals, bounds, choice, grants, choices] = await Promise.all([
    calendarOf(ctx),
    burnUpOf(ctx, budget.id),
    budgetHistory(ctx, budget.id),
    refusalsOf(ctx, budget.id, { from: at(current.startsAt), to: at(current.endsAt) }),
    boundsOf(ctx, budget),
    answersChoice(ctx),
    listGrants(ctx, budget.id, { limit: 100 }),
    levelChoices(ctx, budget),
  ]);
  return (
    <BudgetScreen
      {...{ initial: budget, burnUp, history, refusals, bounds, calendar, choices }}
      choice={choice}
      grants={grants.items}
      serverNow={toIso(ctx.now)}
      mayGrant={{
        ...{ ask: mayAskForGrant(member, ownerId), approve: mayApproveGrant(member, ownerId), end: mayEndGrant(member, ownerId) },
        self: member.id,
      }}
      mayNot={mayNotOf(member, ownerId)}
      mayWrite={may(member, 'budget.write', ownerId)}
      mayStop={may(member, 'stop.write', ownerId)}
    />
  );
}
