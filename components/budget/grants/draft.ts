import type { NewGrant } from '@/lib/budget/grant/client';
import type { BudgetOut } from '@/lib/budget/schema';
import { days, hours, type Instant, parseInstant, plus, toIso } from '@/lib/kernel/instant';
import { type Calendar, dayStart } from '@/lib/kernel/period';
import { type Condition, scopeOf } from '../new/draft';

export const UNTIL = ['1h', '4h', '24h', 'period', 'day'] as const;
/** When a grant is to end: some hours from now, with its period, or with a day. */
export type Until = (typeof UNTIL)[number];

/** A grant as its form holds it; `lastDay` is a local day, YYYY-MM-DD. */
export type GrantDraft = { amount: string; reason: string; conditions: Condition[]; until: Until; lastDay: string };

export const emptyGrant = (): GrantDraft => ({ amount: '', reason: '', conditions: [], until: '24h', lastDay: '' });

const LASTS = { '1h': hours(1), '4h': hours(4), '24h': hours(24) } as const;

/** When a draft's grant ends, ISO; '' where the day is none yet, for the API to say so. @param endsAt of the period */
export function expiresAtOf({ until, lastDay }: GrantDraft, now: Instant, endsAt: string, calendar: Calendar): string {
  if (until === 'period') return endsAt;
  if (until !== 'day') return toIso(plus(now, LASTS[until]));
  const next = /^\d{4}-\d{2}-\d{2}$/.test(lastDay)
    ? toIso(plus(parseInstant(`${lastDay}T00:00:00Z`) as Instant, days(1))).slice(0, 10)
    : null;
  return next === null ? '' : toIso(dayStart(calendar, next));
}

/** A draft as the API takes it. */
export const grantFrom = (draft: GrantDraft, now: Instant, budget: BudgetOut, calendar: Calendar): NewGrant => ({
  ...{ amount: draft.amount, reason: draft.reason.trim(), scope: scopeOf(draft.conditions) },
  expiresAt: expiresAtOf(draft, now, budget.current.endsAt, calendar),
});
