import type { NewBudget } from '@/lib/budget/client';
import type { KnownValues } from '@/lib/budget/read/known-values';
import { defaultThresholds } from '@/lib/budget/threshold/rules';
import { formatMoney } from '@/lib/kernel/format-money';
import { toIso } from '@/lib/kernel/instant';
import { nanoUsd, shareOf } from '@/lib/kernel/money';
import { type Calendar, dayStart, type PeriodKind } from '@/lib/kernel/period';
import type { Answering } from '../answer-fields';
import { fieldWord } from '../words';

/** One condition of a scope; `tag` with its name. */
export type Condition = { key: number; field: string; tag: string; value: string };

export type Draft = {
  name: string;
  conditions: Condition[];
  period: PeriodKind | 'fixed';
  /** Local days, YYYY-MM-DD; the last belongs to the period. */
  firstDay: string;
  lastDay: string;
  amount: string;
  currency: string;
  /** Null until a person chooses: then the proposal holds. */
  mode: 'enforce' | 'observe' | null;
} & Answering;

/** The scope as the API takes it; conditions without a value are left out. */
export function scopeOf(conditions: Condition[]): NewBudget['scope'] {
  const scope: NewBudget['scope'] = {};
  const tags: Record<string, string> = {};
  for (const { field, tag, value } of conditions) {
    if (value.trim() === '') continue;
    if (field === 'tag') tags[tag.trim()] = value.trim();
    else scope[field] = value.trim();
  }
  return Object.keys(tags).length > 0 ? { ...scope, tags } : scope;
}

/** Observe where the scope has traffic already (nobody is refused by surprise), enforce where it has none. */
export function proposedMode(draft: Draft, known: KnownValues): 'enforce' | 'observe' {
  const scope = scopeOf(draft.conditions);
  if (typeof scope.workload === 'string') return known.withTraffic.includes(scope.workload) ? 'observe' : 'enforce';
  return known.withTraffic.length > 0 ? 'observe' : 'enforce';
}

const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The draft as the API takes it. Fixed dates become the local midnights that bound them. */
export function bodyOf(draft: Draft, known: KnownValues, calendar: Calendar): NewBudget {
  const { firstDay, lastDay } = draft;
  const period =
    draft.period !== 'fixed'
      ? draft.period
      : {
          startsAt: firstDay ? toIso(dayStart(calendar, firstDay)) : '',
          endsAt: lastDay ? toIso(dayStart(calendar, nextDay(lastDay))) : '',
        };
  return {
    ...{ name: draft.name, scope: scopeOf(draft.conditions), period, amount: draft.amount, currency: draft.currency },
    mode: draft.mode ?? proposedMode(draft, known),
    ...{ ownerId: draft.ownerId, escalationPolicyId: draft.escalationPolicyId },
  };
}

/** What the budget will cover, in a sentence. */
export function coversSentence(conditions: Condition[]): string {
  const parts = conditions
    .filter((each) => each.value.trim() !== '')
    .map((each) => (each.field === 'tag' ? `tag ${each.tag} = ${each.value}` : `${fieldWord(each.field)} ${each.value}`));
  if (parts.length === 0) return 'Covers every call of the organisation.';
  return `Covers calls of ${parts.join(' and ')}${parts.length > 1 ? '; all must match' : ''}.`;
}

/** What the default levels will do, one sentence each; money only where the amount is in dollars. */
export function levelSentences(draft: Draft, mode: 'enforce' | 'observe'): string[] {
  const [whole = '', fraction = ''] = draft.amount.split('.');
  const nano = /^\d+$/.test(whole) ? BigInt(whole) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0')) : null;
  return defaultThresholds(false).map(({ kind, atPpm }) => {
    const at =
      nano !== null && draft.currency === 'USD' ? `${formatMoney(shareOf(nanoUsd(nano), atPpm))} charged` : `${atPpm / 10_000} % charged`;
    if (kind === 'notify') return `Notify at ${at}.`;
    if (kind === 'contain') return `Contain at ${at}: no action yet, add some later.`;
    return mode === 'enforce' ? `Stop at ${at}: the next paid call is refused.` : `Stop at ${at}: it would refuse, and only records it.`;
  });
}
