import { readBreachRow } from '@/lib/breach/row';
import type { Context } from '@/lib/context';
import { dayRows, latestOf } from '../day/rows';
import { silentNow } from '../day/silence';
import { spendIn } from '../day/spend';
import type { PlanRow } from '../plan';
import type { Live } from '../read/live';
import type { Step } from '../step';
import { allowanceOf, flowsIn, type GateFacts } from './rules';

/** Reads what the gate of the next step looks at: live figures, never those of a page. */
export async function gateFacts(ctx: Context, plan: PlanRow, live: Live, steps: readonly Step[]): Promise<GateFacts> {
  const breach = await readBreachRow(ctx, plan.breachId);
  const spend = await spendIn(ctx, plan.budgetId, plan.stageSince, ctx.now);
  // A day that this step began in is one of its days: what it was found to be holds the next step back too.
  const last = latestOf(await dayRows(ctx, plan.id))
    .filter((day) => day.endsAt > plan.stageSince)
    .at(-1);
  return {
    ...{ answered: breach.answeredAt !== null, cause: plan.cause !== null, correctiveAction: plan.correctiveAction !== null },
    ...{ roomAnswered: plan.room !== null, room: live.room, enforcing: live.budget.enforcing, stopped: live.period.stopId !== null },
    ...{ atStep: ctx.now - plan.stageSince, calls: spend.calls, spent: spend.charged },
    ...{
      allowance: allowanceOf(flowsIn(steps, plan.stageSince, ctx.now)),
      stale: await silentNow(ctx, live.budget.scope.workload ?? null),
    },
    lastVerdict: last?.verdict ?? null,
  };
}
