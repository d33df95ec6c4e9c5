import type { Knot } from '@/lib/forecast/curve';
import type { Outlook } from '@/lib/forecast/outlook';
import { etagOf } from '@/lib/http/etag';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { shareOf, ZERO_USD } from '@/lib/kernel/money';
import { amountText } from '../amount';
import { charged, chargedUtilisation, committed, type Figures, limit, pace, utilisation } from '../figures';
import { amountInNano } from '../make-period';
import type { ExcessCause } from '../meter';
import type { BudgetOut, CurrentOut } from '../schema';
import { SCOPE_FIELDS, type Scope } from '../scope';
import type { ActiveBudget } from '../set';
import { type ThresholdRow, thresholdView } from '../threshold/rows';

/** The figures of one period with what is shown beside them. */
export type PeriodView = Figures & {
  startsAt: Instant;
  endsAt: Instant;
  calls: bigint;
  unpricedCalls: bigint;
  excesses: { cause: ExcessCause; nanoUsd: string }[];
  stopId: string | null;
};

/** A budget as its row says, with its one stop level. */
export type BudgetView = ActiveBudget & {
  ownerId: string | null;
  escalationPolicyId: string | null;
  leases: boolean;
  endedAt: Instant | null;
  rowVersion: number;
};

/** A period that nobody has needed yet: nothing is spent in it, and it will have the amount announced for it. */
export function emptyPeriod(
  budget: BudgetView,
  span: { startsAt: Instant; endsAt: Instant },
  rateNano: bigint,
  stopId: string | null,
): PeriodView {
  const amount = amountInNano(budget.nextAmount ?? budget.amount, rateNano);
  const zero = ZERO_USD;
  // A new day or week lifts the stop of the one before it; any other stop stays.
  const stays = budget.periodKind !== 'day' && budget.periodKind !== 'week';
  return {
    ...span,
    ...{ amount, hardStop: shareOf(amount, budget.stopAt), granted: zero, actual: zero, presumed: zero, unpricedUpper: zero, held: zero },
    ...{
      observedCharged: zero,
      observedHeld: zero,
      excess: zero,
      calls: 0n,
      unpricedCalls: 0n,
      excesses: [],
      stopId: stays ? stopId : null,
    },
  };
}

const iso = (at: Instant | null): string | null => (at === null ? null : toIso(at));
const text = (nano: Knot['low']): string | null => (nano === null ? null : String(nano));

/** What is expected at the period's end, with its band and the range of dates. Nothing is expected of a budget that refuses calls. */
export function forecastView({ kind, days, curve, runway }: Outlook, isRefusing: boolean): CurrentOut['forecast'] {
  const end = curve.at(-1);
  if (kind === 'none' || !end || isRefusing) return null;
  return {
    ...{ kind, days, endNanoUsd: String(end.median), lowNanoUsd: text(end.low), highNanoUsd: text(end.high) },
    ...{ earliestAt: iso(runway.earliest), latestAt: iso(runway.latest) },
  };
}

/** The figures of a period as the API gives them. @param enforcing whether the budget refuses calls while it is stopped */
export function currentView(p: PeriodView, outlook: Outlook, enforcing: boolean, now: Instant): CurrentOut {
  return {
    ...figuresView(p, now),
    runwayAt: iso(outlook.runway.at),
    forecast: forecastView(outlook, enforcing && p.stopId !== null),
    stopId: p.stopId,
  };
}

/** The same without what depends on where spend is going: what a period that is over is told by. */
export function figuresView(p: PeriodView, now: Instant): Omit<CurrentOut, 'runwayAt' | 'forecast' | 'stopId'> {
  return {
    ...{ startsAt: toIso(p.startsAt), endsAt: toIso(p.endsAt), amountNanoUsd: String(p.amount), hardStopNanoUsd: String(p.hardStop) },
    ...{ grantedNanoUsd: String(p.granted), limitNanoUsd: String(limit(p)), actualNanoUsd: String(p.actual) },
    ...{ presumedNanoUsd: String(p.presumed), unpricedUpperNanoUsd: String(p.unpricedUpper), chargedNanoUsd: String(charged(p)) },
    ...{ heldNanoUsd: String(p.held), committedNanoUsd: String(committed(p)), excess: p.excesses },
    ...{ utilisation: utilisation(p), chargedUtilisation: chargedUtilisation(p), pace: pace(p, p, now) },
    ...{ calls: Number(p.calls), unpricedCalls: Number(p.unpricedCalls) },
  };
}

/** A scope as people write it: what is not named is not there. */
export function scopeView(scope: Scope): BudgetOut['scope'] {
  const view: BudgetOut['scope'] = {};
  for (const field of SCOPE_FIELDS) {
    const value = scope[field];
    if (value !== undefined) view[field] = value;
  }
  if (Object.keys(scope.tags).length > 0) view.tags = scope.tags;
  return view;
}

/** A budget as the API gives it. */
export const budgetView = (budget: BudgetView, thresholds: ThresholdRow[], current: CurrentOut): BudgetOut => ({
  ...{ id: budget.id, createdAt: toIso(budget.createdAt), etag: etagOf(budget.rowVersion), name: budget.name, kind: budget.kind },
  scope: scopeView(budget.scope),
  period: budget.fixed ? { startsAt: toIso(budget.fixed.startsAt), endsAt: toIso(budget.fixed.endsAt) } : (budget.periodKind ?? 'month'),
  amount: amountText(budget.amount),
  nextAmount: budget.nextAmount === null ? null : amountText(budget.nextAmount),
  ...{
    currency: budget.currency,
    mode: budget.enforcing ? 'enforce' : 'observe',
    ownerId: budget.ownerId,
    escalationPolicyId: budget.escalationPolicyId,
  },
  ...{ leases: budget.leases, onUnpriced: budget.onUnpriced, thresholds: thresholds.map(thresholdView) },
  endedAt: budget.endedAt === null ? null : toIso(budget.endedAt),
  current,
});
