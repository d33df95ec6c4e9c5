import { type CallDims, SCOPE_FIELDS, type Scope } from '@/lib/budget/scope';
import { larger, type NanoUsd, nanoUsd, smaller, ZERO_USD } from '@/lib/kernel/money';
import type { UnitKind } from '@/lib/kernel/units';
import { type UnitPrices, worstCase } from '@/lib/price/rules';

/** A lease has at most a hundredth of what is left of any budget, and ten seconds of what is spent there lately. */
const PART_OF_LEFT = 100n;
const SECONDS_AT_MOST = 10n;

/**
 * How much more a lease may be given: a second of what is spent lately, so that one whose holder dies stands for no more than that;
 * with the calls under way no more than ten seconds of it, and a hundredth of what is left. Nano-dollars.
 * @param wanted the most that its holder wants at a time · @param perSecond the least that any of its budgets is charged a second
 * @param left the least that any of its budgets has left, the lease's own money included · @param kept the bound of the calls under way
 */
export function freshOf({ wanted, perSecond, left, kept }: Record<'wanted' | 'perSecond' | 'left' | 'kept', NanoUsd>): NanoUsd {
  const most = smaller(nanoUsd(left / PART_OF_LEFT), nanoUsd(perSecond * SECONDS_AT_MOST));
  return larger(ZERO_USD, smaller(smaller(wanted, perSecond), nanoUsd(most - kept)));
}

/** The dimensions that a caller may leave unsaid; all others a call always has. */
const MAY_BE_LEFT_OUT: ReadonlySet<string> = new Set(['feature', 'customer']);

/**
 * The dimensions that a budget looks at and a lease does not name, where everything else agrees: calls under the lease could be such
 * that the budget covers them, and would pass it by. None where the budget covers all of them or none.
 */
export function leftOut(scope: Scope, call: CallDims): string[] {
  const unsaid: string[] = [];
  for (const field of SCOPE_FIELDS) {
    const wanted = scope[field];
    if (wanted === undefined || wanted === call[field]) continue;
    if (call[field] !== '' || !MAY_BE_LEFT_OUT.has(field)) return [];
    unsaid.push(field);
  }
  for (const [tag, wanted] of Object.entries(scope.tags)) {
    if (call.tags[tag] === wanted) continue;
    if (call.tags[tag] !== undefined) return [];
    unsaid.push(`tags.${tag}`);
  }
  return unsaid;
}

const BILLION = 1_000_000_000;

/**
 * The dearest that a million units of each kind can cost, by which a holder bounds its calls: as a hold would be bounded, at any
 * size of request. Whole nano-dollars, rounded up; `request` for each call where the provider bills them.
 */
export function boundsOf(prices: UnitPrices): { [kind in UnitKind]?: string } {
  const bounds: { [kind in UnitKind]?: string } = {};
  for (const kind of Object.keys(prices) as UnitKind[]) {
    const ofABillion = worstCase({ request: 0, [kind]: BILLION }, prices);
    if (ofABillion !== null) bounds[kind] = String((ofABillion + 999n) / 1_000n);
  }
  return bounds;
}
