import type { Units } from './usage.js';

/** What a call is, and the most that it can use. */
export type Ask = {
  workload: string;
  provider: string;
  model: string;
  /** Tokens: `{ input: 900, output: 500 }`. Send `output` to the provider as its limit: a bound is as good as its declaration. */
  maxUnits: Units & { input: number; output: number };
  /** The least output that the call can do with, where less may be allowed instead of refusing. */
  minOutput?: number;
  feature?: string;
  customer?: string;
  tags?: Record<string, string>;
  trafficStage?: 'experiment' | 'pilot' | 'ramp' | 'production';
  /** How long the hold lasts, in seconds; 600 where it is not said. */
  ttlSeconds?: number;
  /** How long Hardstop may wait for room, in milliseconds. */
  maxWaitMs?: number;
  /** The same key finds the same hold; one is made where it is absent. */
  idempotencyKey?: string;
};
