import { askRate, type RateState, tokensOf } from '@/lib/containment/rate/rules';
import type { Instant } from '@/lib/kernel/instant';
import type { Ask } from '@/lib/spend/decide/ask';
import { refusalDetail } from '@/lib/spend/decide/refusal-detail';
import type { Deny, Reason } from '@/lib/spend/schema';

/** By which action an ask is refused, null for the key itself; when it is worth asking again, null where that does not help. */
export type RefusedBy = { reason: Reason; actionId: string | null; retryAfterMs: number | null };

/** The rate limit that refuses an ask, of several the one with the longest wait; null where all let it pass. Nothing is used yet. */
export function limitOn(ask: Ask, rates: ReadonlyMap<string, RateState>, now: Instant): RefusedBy | null {
  let longest: RefusedBy | null = null;
  for (const { id } of ask.contained.limits) {
    const state = rates.get(id);
    const verdict = state ? askRate(state, tokensOf(ask.request.maxUnits), now) : null;
    if (!verdict || verdict.fits) continue;
    const { retryAfterMs } = verdict;
    const isLonger = !longest || retryAfterMs === null || (longest.retryAfterMs !== null && retryAfterMs > longest.retryAfterMs);
    if (isLonger) longest = { reason: 'rate_limited', actionId: id, retryAfterMs };
  }
  return longest;
}

/** The answer of an action, or a key, that refuses: nothing is set aside, no rate is used, and no budget counts it. */
export const denialBy = ({ fallback, request }: Ask, { reason, actionId, retryAfterMs }: RefusedBy): Deny => ({
  ...{ decision: 'deny', reason, budgetId: null, stopId: null, actionId, retryAfterMs, largestUnits: null, fallback },
  detail: refusalDetail(reason, '', request),
});
