import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { formatShortDay, momentMs } from '@/lib/kernel/format-time';
import { sourceName } from '../data/words';
import { expectedDay, since } from './first-line';
import type { AttentionItem, OverviewBudget } from './schema';
import type { Waiting } from './waiting';
import { heldItem, preparedItem, unansweredItem, undeliveredItem, unsignedItem } from './waiting-items';

/** A stop expected within so many days needs a person now; one further away is in the list of budgets. */
export const SOON_DAYS = 7;
const DAY_MS = 86_400_000;

const CAUSES: Record<string, string> = {
  charged: 'What is charged has reached its limit',
  no_room: 'An ordinary call does not fit any more',
  by_hand: 'A person stopped it',
  amount_lowered: 'Its limit was lowered below what is charged',
  enforced: 'It was above its limit when it began to enforce',
};

/** A cause of a stop as a clause. */
export const causeWords = (cause: string): string => CAUSES[cause] ?? 'It was stopped';

export type AttentionFacts = Waiting & {
  budgets: OverviewBudget[];
  /** Sources that have gone silent, with the name of their key. */
  silent: { source: string; keyName: string | null; lastReceivedAt: string }[];
  unpriced: { provider: string; model: string; calls: number; upperNanoUsd: string }[];
  /** Critical workloads that nothing refuses, with the budget that observes them. */
  observed: { workload: string; budgetId: string | null }[];
  unadopted: { workload: string; spentNanoUsd: string }[];
};

const times = (count: number, one: string): string => `${formatCount(count)} ${one}${count === 1 ? '' : 's'}`;

/**
 * What needs a person, soonest harm first; one act a line, with the link that closes it. A stop with a breach is that breach's: it is
 * said once.
 */
export function attentionOf(facts: AttentionFacts, now: string, zone: string): AttentionItem[] {
  const { breaches, budgets } = facts;
  const said = { now, zone };
  const refusedBy = (id: string) => budgets.find((each) => each.id === id)?.stop?.refusedCalls ?? 0;
  const isBreached = ({ id, stop }: OverviewBudget) => stop?.observed === false && breaches.some((each) => each.budgetId === id);
  return [
    ...breaches.flatMap((breach) => unansweredItem(breach, said)),
    ...breaches.flatMap((breach) => heldItem(breach, said, refusedBy(breach.budgetId))),
    ...budgets.filter((budget) => !isBreached(budget)).flatMap((budget) => stoppedItem(budget, now, zone)),
    ...facts.prepared.map((each) => preparedItem(each, said)),
    ...facts.budgets.flatMap((budget) => dueItem(budget, now, zone)),
    ...breaches.flatMap(unsignedItem),
    ...facts.undelivered.map((each) => undeliveredItem(each, said)),
    ...facts.silent.map((each) => silentItem(each, now, zone)),
    ...facts.unpriced.map(unpricedItem),
    ...facts.observed.map(observedItem),
    ...facts.unadopted.map(unadoptedItem),
  ];
}

const item = (base: Omit<AttentionItem, 'adopt'>): AttentionItem => ({ ...base, adopt: null });
const budgetHref = (id: string): string => `/budgets/${id}`;

function stoppedItem(budget: OverviewBudget, now: string, zone: string): AttentionItem[] {
  const { stop } = budget;
  if (!stop) return [];
  const from = since(stop.raisedAt, now, zone);
  const refused = stop.refusedCalls > 0 ? `; ${times(stop.refusedCalls, 'call')} ${stop.observed ? 'would have been ' : ''}refused` : '';
  const base = { key: stop.id, subject: budget.name, act: { label: 'Review', href: budgetHref(budget.id) } };
  if (stop.observed) {
    const sentence = `${causeWords(stop.cause)}${refused}; it observes, so calls still pass.`;
    return [item({ ...base, kind: 'would_stop', word: `Past its limit since ${from}`, sentence })];
  }
  const sentence = `${stop.reason ? `${causeWords(stop.cause)}: “${stop.reason}”` : causeWords(stop.cause)}${refused}.`;
  return [item({ ...base, kind: 'stopped', word: `Stopped ${from}`, sentence })];
}

function dueItem(budget: OverviewBudget, now: string, zone: string): AttentionItem[] {
  const { runwayAt } = budget;
  if (budget.standing !== 'due' || runwayAt === null || momentMs(runwayAt) - momentMs(now) > SOON_DAYS * DAY_MS) return [];
  const left = formatMoney(BigInt(budget.limitNanoUsd) - BigInt(budget.chargedNanoUsd), { style: 'tile' });
  const verb = budget.mode === 'enforce' ? 'Stops' : 'Passes its limit';
  const day = expectedDay(runwayAt, now, zone);
  return [
    item({
      ...{ kind: 'due', key: `due ${budget.id}`, subject: budget.name, act: { label: 'Review', href: budgetHref(budget.id) } },
      word: `${verb} ${/^to/.test(day) ? day : formatShortDay(runwayAt, zone)}`,
      sentence: `${budget.forecast?.kind === 'band' ? 'By its forecast' : 'At the rate of this period so far'}; ${left} left to its limit.`,
    }),
  ];
}

const silentItem = (each: AttentionFacts['silent'][number], now: string, zone: string): AttentionItem =>
  item({
    ...{
      kind: 'stale',
      key: `stale ${each.source} ${each.keyName}`,
      subject: each.keyName ?? sourceName(each.source),
      act: { label: 'Look', href: '/data' },
    },
    word: `Silent since ${since(each.lastReceivedAt, now, zone)}`,
    sentence: `Nothing has come by ${sourceName(each.source)} since. What it would bring is missing, not zero.`,
  });

const unpricedItem = (each: AttentionFacts['unpriced'][number]): AttentionItem =>
  item({
    ...{ kind: 'unpriced', key: `unpriced ${each.provider} ${each.model}`, word: 'Unpriced', subject: each.model },
    sentence: `${times(each.calls, 'call')} of ${each.provider} count${each.calls === 1 ? 's' : ''} as ${formatMoney(each.upperNanoUsd, { sign: 'at_least' })} until priced.`,
    act: { label: 'Add price', href: '/data#unpriced' },
  });

const observedItem = ({ workload, budgetId }: AttentionFacts['observed'][number]): AttentionItem =>
  item({
    ...{ kind: 'observes_only', key: `observes ${workload}`, word: budgetId ? 'Observes only' : 'No budget', subject: workload },
    sentence: budgetId ? 'Critical, and its budget refuses nothing.' : 'Critical, and no budget of its own can stop it.',
    act: budgetId
      ? { label: 'Enforce…', href: `${budgetHref(budgetId)}#mode` }
      : { label: 'Make a budget', href: `/budgets/new?${new URLSearchParams({ workload })}` },
  });

const unadoptedItem = ({ workload, spentNanoUsd }: AttentionFacts['unadopted'][number]): AttentionItem => ({
  ...{ kind: 'unadopted', key: `unadopted ${workload}`, word: 'Nobody’s yet', subject: workload },
  sentence: `It spends ${formatMoney(spentNanoUsd)} and nobody has taken it on. Calls may give any name: check it first.`,
  act: { label: 'Look', href: `/workloads/${encodeURIComponent(workload)}` },
  adopt: workload,
});
