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
export { type Allowed, type Ask, Hardstop, type Options, type Settling } from './hardstop.js';
export { type Units, type Used, usedBy } from './usage.js';
