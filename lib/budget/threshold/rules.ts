import type { FieldFault } from '@/lib/kernel/fault';
import { type NanoUsd, PPM_ONE, type Ppm, ppm } from '@/lib/kernel/money';
import type { PeriodKind } from '@/lib/kernel/period';
import type { ThresholdIn } from './schema';

/** A threshold as it is kept: its level in ppm of the amount. */
export type Threshold = Omit<ThresholdIn, 'at' | 'burn' | 'withinDays' | 'mustAnswer'> & {
  atPpm: Ppm;
  burn: boolean;
  withinDays: number | null;
  mustAnswer: boolean;
};

/** Whether spend has reached a level: integers are multiplied, nothing is divided or rounded. At an amount of 0 every level is reached. */
export const isReached = (charged: NanoUsd, amount: NanoUsd, at: Ppm): boolean => charged * BigInt(PPM_ONE) >= amount * BigInt(at);

/** What someone must answer for by default: contain and stop levels of critical workloads. */
export const mustAnswerByDefault = (kind: ThresholdIn['kind'], isCritical: boolean): boolean => isCritical && kind !== 'notify';

const OWNER = ['budget_owner'];

/** The levels a budget has when nobody says otherwise: notify at 50 %, contain at 80 %, stop at 95 %. */
export const defaultThresholds = (isCritical: boolean): Threshold[] =>
  (['notify', 'contain', 'stop'] as const).map((kind) => ({
    kind,
    atPpm: ppm({ notify: 0.5, contain: 0.8, stop: 0.95 }[kind]),
    burn: false,
    withinDays: null,
    mustAnswer: mustAnswerByDefault(kind, isCritical),
    actions: [],
    tell: kind === 'notify' ? OWNER : [...OWNER, 'escalation_owner'],
  }));

/** Thresholds as they came in, made whole. */
export const wholeThresholds = (items: ThresholdIn[], isCritical: boolean): Threshold[] =>
  items.map(({ at, burn, withinDays, mustAnswer, ...rest }) => ({
    ...rest,
    atPpm: ppm(at),
    burn: burn ?? false,
    withinDays: withinDays ?? null,
    mustAnswer: mustAnswer ?? mustAnswerByDefault(rest.kind, isCritical),
  }));

/** The level at which a budget stops; the only one of its kind. */
export const stopLevel = (thresholds: Pick<Threshold, 'kind' | 'atPpm'>[]): Ppm => {
  const stop = thresholds.find((each) => each.kind === 'stop');
  if (!stop) throw new Error('a budget without a stop level');
  return stop.atPpm;
};

/**
 * What is wrong with a budget's thresholds, one entry a field. Exactly one stop, a plain level up to 100 %; no two alike; no burn
 * rate on a day budget, where a twelfth of its window is too short to confirm anything; actions only where something is contained.
 * @param at the pointer of the list
 */
export function thresholdFaults(items: ThresholdIn[], periodKind: PeriodKind | null, at = '/items'): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (i: number, field: string, code: string, detail: string) => faults.push({ pointer: `${at}/${i}${field}`, code, detail });
  const stops = items.filter((each) => each.kind === 'stop').length;
  if (stops === 0)
    faults.push({ pointer: at, code: 'threshold.no_stop', detail: 'A budget has one stop level. Add an item of kind "stop".' });
  const seen = new Set<string>();
  items.forEach((item, i) => {
    if (item.kind === 'stop' && stops > 1)
      fault(i, '/kind', 'threshold.second_stop', 'A budget has one stop level. Keep one, remove the others.');
    if (item.kind === 'stop' && item.at > 1)
      fault(i, '/at', 'threshold.stop_above_amount', 'A stop lies at 1 (100 % of the amount) at most.');
    if (item.kind === 'stop' && item.burn)
      fault(i, '/burn', 'threshold.stop_is_level', 'A stop looks at what is charged. Use kind "contain" for a burn rate.');
    if (item.kind === 'stop' && item.withinDays != null)
      fault(i, '/withinDays', 'threshold.stop_is_level', 'A stop looks at what is charged. Use kind "contain" for a forecast.');
    if (item.burn && item.withinDays != null)
      fault(i, '/burn', 'threshold.two_kinds', 'An item is a burn rate or a forecast: make two items.');
    if (item.burn && periodKind === 'day')
      fault(i, '/burn', 'threshold.no_burn_in_a_day', 'A day budget has no burn-rate thresholds. Use a level.');
    if (item.kind === 'notify' && item.actions.length > 0)
      fault(i, '/actions', 'threshold.notify_acts', 'A notify level tells people. Put actions on a contain or stop level.');
    const same = JSON.stringify([item.kind, item.at, item.burn ?? false, item.withinDays ?? null]);
    if (seen.has(same)) fault(i, '', 'threshold.twice', 'This item stands here twice. Remove one.');
    seen.add(same);
  });
  return faults;
}
