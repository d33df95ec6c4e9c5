import { type NanoUsd, nanoUsd, smaller, ZERO_USD } from '@/lib/kernel/money';
import { type Figures, judgedCharged, judgedHeld, limit } from './figures';

/** What one budget says of one ask: it fits, or the reason why not. `no_room` raises the stop, the others raise nothing. */
export type Verdict = 'fits' | 'stopped' | 'no_room' | 'too_large' | 'busy';

/** A call is ordinary when it asks for at most one hundredth of the amount. */
export const isOrdinary = (ask: NanoUsd, amount: NanoUsd): boolean => ask * 100n <= amount;

/** What is left for a new hold: negative when more is committed than the limit. */
export const room = (f: Figures): NanoUsd => nanoUsd(limit(f) - judgedCharged(f) - judgedHeld(f));

/** The room there would be if no hold were open. */
export const roomWithoutHolds = (f: Figures): NanoUsd => nanoUsd(limit(f) - judgedCharged(f));

/** Whether what is charged has reached the limit: this alone stops a budget. */
export const isSpent = (f: Figures): boolean => judgedCharged(f) >= limit(f);

/**
 * Admission (domain: a hold commits only if `committed + hold ≤ limit`; nothing is subtracted, no percentage is rounded).
 * @param ask the least the call can do with, nano-dollars · @param keyHeld what the caller's key holds open already
 * @param keyHoldPpm how much of the amount one key may hold open
 */
export function admit(f: Figures, stopped: boolean, ask: NanoUsd, keyHeld: NanoUsd, keyHoldPpm: number): Verdict {
  if (ask === 0n) return 'fits';
  if (stopped) return 'stopped';
  if (ask > roomWithoutHolds(f)) return isOrdinary(ask, f.amount) || isSpent(f) ? 'no_room' : 'too_large';
  if (ask > room(f)) return 'busy';
  return keyHeld > 0n && (keyHeld + ask) * 1_000_000n > f.amount * BigInt(keyHoldPpm) ? 'busy' : 'fits';
}

/**
 * The most that one budget lets a call hold which may be given less than it asks for: nothing where it is stopped, else what is
 * left, and of it no more than the key may still hold open. A key's first hold may be of any size.
 */
export function most(f: Figures, stopped: boolean, keyHeld: NanoUsd, keyHoldPpm: number): NanoUsd {
  if (stopped) return ZERO_USD;
  if (keyHeld === 0n) return room(f);
  return smaller(room(f), nanoUsd((f.amount * BigInt(keyHoldPpm)) / 1_000_000n - keyHeld));
}
