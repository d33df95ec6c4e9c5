import type { Reason } from '@/lib/spend/schema';

/** One sentence for a refusal: which rule said no, who can change it, and whether trying again helps. No amounts. */
export function refusalDetail(reason: Reason, budget: string, call: { provider: string; model: string }): string {
  switch (reason) {
    case 'stopped':
      return `The budget "${budget}" is stopped. Its owner or an operator can lift the stop once there is room; trying again before does not help.`;
    case 'too_large':
      return `This call could cost more than the budget "${budget}" has left. A smaller one may fit: see largestUnits.`;
    case 'busy':
      return `The budget "${budget}" has money set aside for calls under way. Try again after retryAfterMs.`;
    case 'unpriced':
      return `${call.provider} / ${call.model} has no price, and the budget "${budget}" refuses what it cannot price. Add the price under Data, then try again.`;
    case 'blocked':
      return 'Paid calls of this scope are blocked by a containment action.';
    case 'feature_disabled':
      return 'This feature is switched off by a containment action.';
    case 'model_not_allowed':
      return `This key may not call ${call.provider} / ${call.model}: it is pinned to certain models. An admin can make a key for others.`;
    case 'unbounded':
      return 'The cost of this call has no upper bound. Bound its input and output.';
    case 'resuming':
      return `The budget "${budget}" is resuming in stages and this hour's share is used up. Try again after retryAfterMs.`;
    case 'rate_limited':
      return 'A rate limit of a containment action is used up. Try again after retryAfterMs.';
  }
}

/** Of a call that finds a budget's ordinary money spent, while a grant lets others spend out of its reserve. */
export const OUTSIDE_GRANT =
  'What this budget has for everyone is spent. A grant lets only the calls of its own scope spend out of the reserve; ask its owner for one.';
