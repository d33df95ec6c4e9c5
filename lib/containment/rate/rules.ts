import { type Instant, MICROS_PER_MS } from '@/lib/kernel/instant';
import type { Units } from '@/lib/kernel/units';
import type { RateLimitParams } from '../schema';

/** What a rate limit has let pass of late, as its locked row says it; changed in memory while a batch decides. */
export type RateState = {
  limit: RateLimitParams;
  /** When the next call is due: microseconds × calls a minute, so that nothing is ever rounded. */
  due: bigint;
  /** Units of each second of the last minutes, by whole seconds since 1970. */
  units: Map<number, number>;
  /** Calls under way. */
  open: number;
  changed: boolean;
};

const MINUTE = 60_000_000n;
const MICROS_PER_SECOND = 1_000_000;
/** A call of the second before may still stand in one minute with a call of this one. */
const SECONDS_LOOKED_AT = 60;
/** Batches get to the row in another order than they read the clock in; none is older than its statement timeout. */
const SECONDS_KEPT = 125;
/** How soon a call under way may have ended. */
const CONCURRENT_RETRY_MS = 250;

const extraOf = ({ burst = 1 }: RateLimitParams): number => burst - 1;
const secondOf = (at: Instant): number => Math.floor(at / MICROS_PER_SECOND);
const msOf = (micros: number): number => Math.ceil(micros / MICROS_PER_MS);

/** The tokens among units: requests and tool calls are none. */
export function tokensOf(units: Units): number {
  let sum = 0;
  for (const [kind, quantity] of Object.entries(units)) if (kind !== 'request' && !kind.startsWith('tool_call:')) sum += quantity ?? 0;
  return sum;
}

/** Whether a call may pass now; else after how many milliseconds it is worth asking again, null where it never will fit. */
export type RateVerdict = { fits: true } | { fits: false; retryAfterMs: number | null };

const FITS: RateVerdict = { fits: true };

/**
 * Asks a limit whether a call of so many tokens may pass now. In any minute, wherever it begins, at most N + burst − 1 pass: calls by
 * the generic cell rate algorithm (ITU-T I.371: a call is due one nth of a minute after the last, and may come burst − 1 such steps
 * early), tokens by the sum of the last minute, whole seconds counted. Both hold in whatever order processes reach the row.
 */
export function askRate(state: RateState, tokens: number, now: Instant): RateVerdict {
  const verdicts = [askCalls(state, now), askUnits(state, tokens, now), askConcurrent(state)];
  const refused = verdicts.flatMap((each) => (each.fits ? [] : [each.retryAfterMs]));
  if (refused.length === 0) return FITS;
  return { fits: false, retryAfterMs: refused.includes(null) ? null : Math.max(...refused.map((ms) => ms ?? 0)) };
}

function askCalls({ limit, due }: RateState, now: Instant): RateVerdict {
  if (limit.callsPerMinute === undefined) return FITS;
  const calls = BigInt(limit.callsPerMinute);
  const early = due - MINUTE * BigInt(extraOf(limit)) - BigInt(now) * calls;
  return early <= 0n ? FITS : { fits: false, retryAfterMs: msOf(Number((early + calls - 1n) / calls)) };
}

function askUnits({ limit, units }: RateState, tokens: number, now: Instant): RateVerdict {
  if (limit.unitsPerMinute === undefined) return FITS;
  const most = limit.unitsPerMinute + extraOf(limit);
  const from = secondOf(now) - SECONDS_LOOKED_AT;
  const counted = [...units].filter(([second]) => second >= from).sort(([a], [b]) => a - b);
  let left = most - tokens - counted.reduce((sum, [, each]) => sum + each, 0);
  if (left >= 0) return FITS;
  if (tokens > most) return { fits: false, retryAfterMs: null };
  for (const [second, each] of counted) {
    left += each;
    if (left >= 0) return { fits: false, retryAfterMs: msOf((second + SECONDS_LOOKED_AT + 1) * MICROS_PER_SECOND - now) };
  }
  return { fits: false, retryAfterMs: null };
}

const askConcurrent = ({ limit, open }: RateState): RateVerdict =>
  limit.concurrent === undefined || open < limit.concurrent ? FITS : { fits: false, retryAfterMs: CONCURRENT_RETRY_MS };

/** Counts a call that is let pass. */
export function takeRate(state: RateState, tokens: number, now: Instant): void {
  const { limit } = state;
  if (limit.callsPerMinute !== undefined) {
    const from = BigInt(now) * BigInt(limit.callsPerMinute);
    state.due = (state.due > from ? state.due : from) + MINUTE;
  }
  if (limit.unitsPerMinute !== undefined) addUnits(state, secondOf(now), tokens);
  state.open += 1;
  state.changed = true;
}

/** Corrects what was counted when a call was let pass by what it really used; tokens in whole, negative gives back. */
export function correctUnits(state: RateState, at: Instant, by: number): void {
  const second = secondOf(at);
  if (by === 0 || !state.units.has(second)) return;
  addUnits(state, second, by);
  state.changed = true;
}

function addUnits(state: RateState, second: number, by: number): void {
  state.units.set(second, (state.units.get(second) ?? 0) + by);
  const newest = Math.max(...state.units.keys());
  for (const each of state.units.keys()) if (each < newest - SECONDS_KEPT) state.units.delete(each);
}

/** Whether a limit has to know which calls it let pass are still under way. */
export const looksAtHolds = (limit: RateLimitParams): boolean => limit.concurrent !== undefined || limit.unitsPerMinute !== undefined;
