import type { Units } from '@/lib/kernel/units';
import type { SseEvent } from './events';

/** A request's body as it came: an object of the provider's own fields. */
export type Body = Record<string, unknown>;

/**
 * What a call can use at most, whatever model reads it. `texts` are those of its input, by their bytes in `maxUnits`, that a model
 * reads as they stand: a tokenizer may count them.
 */
export type Bounded = { kind: 'bounded'; model: string; maxUnits: { input: number; output: number }; texts: readonly string[] };

/** What a call can use at most, or why nobody can say. */
export type Bound = Bounded | { kind: 'unbounded'; detail: string } | { kind: 'malformed'; pointer: string; detail: string };

/** What a provider's answer says of itself. `units` is null where it reports none, or what cannot be true. */
export type Reading = { units: Units | null; model: string | null; responseId: string | null };

/** Reads a stream as it passes. */
export type StreamMeter = {
  /** Takes one event. @returns what the client sees of it; null hides it */
  take(event: SseEvent): string | null;
  reading(): Reading;
  /** Whether the answer came to its own end: all its choices ended. Counts that were reported before that may still grow. */
  isWhole(): boolean;
  /** An upper bound of the tokens that came as text: a token is at least a byte. */
  textBytes(): number;
};

/** What one paid address of a wire needs of us: the bound before the call, the usage after it. */
export type Endpoint = {
  wire: 'openai' | 'anthropic';
  /** Behind the provider's base URL. */
  path: string;
  bound(body: Body): Bound;
  /** The body that goes to the provider: the model to use, and always an output limit. @param output in tokens, all choices together */
  upstream(body: Body, model: string, output: number): Body;
  /** Reads a whole answer. */
  read(answer: unknown): Reading;
  /** @param body as the client sent it: what it did not ask for is not shown to it */
  meter(body: Body): StreamMeter;
};
