import { room, type Verdict } from '@/lib/budget/admission';
import { chargedUtilisation, type Figures, utilisation } from '@/lib/budget/figures';
import type { GrantUse } from '@/lib/budget/grant/rows';
import type { Meter } from '@/lib/budget/meter';
import type { ActiveBudget } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { MICROS_PER_MS, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Hold } from '@/lib/spend/hold/rows';
import type { Allow, Deny, Reason } from '@/lib/spend/schema';
import { type Ask, largestOutput } from './ask';
import { OUTSIDE_GRANT, refusalDetail } from './refusal-detail';

/** What one budget says: its verdict, what the call sees of the period, how much of its key counts, and the grant it would use. */
export type Finding = {
  meter: Meter;
  budget: ActiveBudget;
  verdict: Verdict | 'unpriced' | 'resuming' | 'outside_grant';
  seen: Figures;
  keyHeld: NanoUsd;
  grant: GrantUse | null;
};

/** The answer that a hold stands for, with the figures its budgets have now, the action that routed it and the features that are off. */
export const allowOf = (hold: Hold, meters: Meter[], said: Pick<Allow, 'routedBy' | 'featuresOff'>): Allow => ({
  decision: 'allow',
  holdId: hold.id,
  heldNanoUsd: String(hold.held),
  expiresAt: toIso(hold.expiresAt),
  provider: hold.provider,
  model: hold.modelCalled,
  maxUnits: hold.maxUnits as Record<string, number>,
  ...said,
  observed: hold.observed,
  budgets: meters.flatMap((m) =>
    m.stage ? [] : [{ id: m.budgetId, utilisation: utilisation(m), chargedUtilisation: chargedUtilisation(m) }],
  ),
});

/** How soon a hold may have settled: the shortest wait that is worth asking again after. */
const BUSY_RETRY_MS = 250;

/** The answer of a budget that refuses. */
export function denial(ctx: Context, ask: Ask, reason: Reason, { meter: m, budget, seen, verdict }: Finding): Deny {
  const output = reason === 'too_large' ? largestOutput(ask, room(seen)) : -1;
  return {
    decision: 'deny',
    reason,
    budgetId: budget.stageOf ?? m.budgetId,
    stopId: m.stopId,
    actionId: null,
    retryAfterMs: reason === 'busy' ? BUSY_RETRY_MS : reason === 'resuming' ? Math.ceil((m.endsAt - ctx.now) / MICROS_PER_MS) : null,
    largestUnits: output >= 0 ? ({ ...ask.request.maxUnits, output } as Record<string, number>) : null,
    fallback: ask.fallback,
    detail: verdict === 'outside_grant' ? OUTSIDE_GRANT : refusalDetail(reason, budget.name, ask.request),
  };
}
