/** What is shown to people instead: the workload's own words and link. */
export type Fallback = { message: string; url: string | null };

/** A refusal as Hardstop gives it. */
export type Denied = {
  reason: string;
  budgetId: string | null;
  stopId: string | null;
  actionId: string | null;
  retryAfterMs: number | null;
  largestUnits: Record<string, number> | null;
  fallback: Fallback | null;
  detail: string;
};

/** A call that was refused, and so was not made. Nothing is set aside for it. */
export class SpendRefused extends Error {
  override name = 'SpendRefused';
  readonly reason: string;
  readonly fallback: Fallback | null;

  constructor(readonly denied: Denied) {
    super(denied.detail);
    this.reason = denied.reason;
    this.fallback = denied.fallback;
  }
}

/** The budget is used up, or the call is larger than what is left. Trying again does not help; show the fallback. */
export class SpendStopped extends SpendRefused {
  override name = 'SpendStopped';
}

/** Refused for now (`busy`, `resuming`, `rate_limited`): the same call may be allowed after `retryAfterMs`. */
export class SpendBusy extends SpendRefused {
  override name = 'SpendBusy';

  /** Milliseconds. */
  get retryAfterMs(): number {
    return this.denied.retryAfterMs ?? 1_000;
  }
}

/** The feature is switched off. */
export class FeatureOff extends SpendRefused {
  override name = 'FeatureOff';
}

/** Hardstop could not be asked, or its answer was none: the call was not made. No program spends unseen because of an outage. */
export class HardstopUnavailable extends Error {
  override name = 'HardstopUnavailable';
}

/** A request that Hardstop does not accept: a wrong key, a field at fault. `problem` is RFC 9457's. */
export class HardstopRejected extends Error {
  override name = 'HardstopRejected';
  readonly status: number;
  readonly code: string;

  constructor(readonly problem: { status: number; code: string; detail: string }) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
  }
}

/** Thrown inside a guarded call: the provider was not called after all, and what was set aside goes back at once. */
export class NotCalled extends Error {
  override name = 'NotCalled';
}

const BUSY = ['busy', 'resuming', 'rate_limited'];
const STOPPED = ['stopped', 'too_large'];

/** The error of a refusal. */
export function errorOf(denied: Denied): SpendRefused {
  if (denied.reason === 'feature_disabled') return new FeatureOff(denied);
  if (BUSY.includes(denied.reason)) return new SpendBusy(denied);
  return STOPPED.includes(denied.reason) ? new SpendStopped(denied) : new SpendRefused(denied);
}
