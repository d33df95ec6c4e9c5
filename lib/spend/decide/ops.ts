import type { Pins } from '@/lib/context';
import type { Fault } from '@/lib/kernel/fault';
import type { Allow, AuthorizeRequest, Deny, Released, ReleaseRequest, Settled, SettleRequest } from '@/lib/spend/schema';

/** Who asks: the key, and what it pins. */
type ByKey = { keyId: string; pins: Pins };

/** The most input that a call can have, by the provider and the model that read it. */
export type InputFor = (provider: string, model: string) => number;

/**
 * One thing that a program asks of the decision batch. What comes `through` the gateway is what it has measured itself: it counts
 * whatever has become of the key meanwhile.
 */
export type Op =
  | (ByKey & { kind: 'authorize'; request: AuthorizeRequest; inputFor?: InputFor })
  | (ByKey & { kind: 'settle'; request: SettleRequest; through?: 'gateway' })
  | (ByKey & { kind: 'release'; request: ReleaseRequest; through?: 'gateway' });

export type Answer = Allow | Deny | Settled | Released;

/** What came of it: an answer, or the caller's mistake. One bad op fails no other of its batch. */
export type Outcome = { answer: Answer } | { fault: Fault };
