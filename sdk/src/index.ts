export type { Ask } from './ask.js';
export {
  type Denied,
  type Fallback,
  FeatureOff,
  HardstopRejected,
  HardstopUnavailable,
  NotCalled,
  SpendBusy,
  SpendRefused,
  SpendStopped,
} from './errors.js';
export type { Allowed, Settling } from './guarded.js';
export { Hardstop } from './hardstop.js';
export type { Lease, LeaseAsk, LeasedAsk } from './lease.js';
export type { Taken } from './share.js';
export type { Options } from './transport.js';
export { type Units, type Used, usedBy } from './usage.js';
export type { Happened } from './watch.js';
