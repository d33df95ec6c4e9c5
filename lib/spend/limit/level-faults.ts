import type { Scope } from '@/lib/budget/scope';
import { thresholdFaults } from '@/lib/budget/threshold/rules';
import type { LevelAction, ThresholdIn } from '@/lib/budget/threshold/schema';
import { requireSense } from '@/lib/containment/rules';
import { Fault, type FieldFault } from '@/lib/kernel/fault';
import type { PeriodKind } from '@/lib/kernel/period';

/** The field that an action which can do nothing, or not what it says, is mended at. */
const FIELD: Record<LevelAction['kind'], Record<string, string>> = {
  route: { 'action.senseless': '/params/to/model', 'action.other_wire': '/params/to/provider' },
  disable_feature: { 'action.senseless': '/params/feature' },
  rate_limit: {},
  block: {},
};

/**
 * What is wrong with a budget's levels and with what they set off, one entry a field: an action of a level is held to what an action
 * that a person switches on is held to.
 * @param at the pointer of the list
 */
export function levelFaults(items: ThresholdIn[], scope: Scope, periodKind: PeriodKind | null, at = '/items'): FieldFault[] {
  const actions = items.flatMap((item, i) =>
    item.actions.flatMap((action, j) => {
      const pointer = `${at}/${i}/actions/${j}`;
      const isTwin = item.actions.slice(0, j).some((each) => sameWork(each, action));
      if (isTwin) return [{ pointer, code: 'threshold.action_twice', detail: 'This action stands here twice. Remove one.' }];
      const fault = senselessIn(action, scope);
      return fault ? [{ pointer: pointer + (FIELD[action.kind][fault.code] ?? ''), code: fault.code, detail: fault.message }] : [];
    }),
  );
  return [...thresholdFaults(items, periodKind, at), ...actions];
}

const sameWork = (a: LevelAction, b: LevelAction): boolean => a.kind === b.kind && JSON.stringify(a.params) === JSON.stringify(b.params);

function senselessIn(action: LevelAction, scope: Scope): Fault | null {
  try {
    requireSense({ ...action, scope } as Parameters<typeof requireSense>[0], scope);
    return null;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
