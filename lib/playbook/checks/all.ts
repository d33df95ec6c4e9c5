import type { Facts, Finding } from './finding';
import { keysPinned, keysUsed, outcomes, priced, reachable, recoveriesSigned, secondAdmin } from './set-up';
import { adopted, features, guarded, owners, stopLevel } from './workloads';

/** What tells whether a step is done, by the name that a guide's step gives it. */
export const CHECKS = {
  adopted,
  'critical.owner': guarded('owner', ['has no owner', 'have no owner'], 'Every critical workload has an owner.'),
  'critical.budget': guarded(
    'budget',
    ['has no budget of its own that refuses', 'have no budget of their own that refuses'],
    'Every critical workload has a budget of its own that refuses.',
  ),
  stop_level: stopLevel,
  'critical.enforcement': guarded(
    'enforcement',
    ['only reports what it has spent', 'only report what they have spent'],
    'Every critical workload asks before it spends.',
  ),
  'critical.levels': guarded(
    'levels',
    ['is slowed by nothing before its stop, or asks nobody', 'are slowed by nothing before their stop, or ask nobody'],
    'Something slows every critical workload before it stops.',
  ),
  'critical.policy': guarded(
    'policy',
    ['has no escalation owner', 'have no escalation owner'],
    'Every critical workload has an escalation owner.',
  ),
  'critical.fallback': guarded(
    'fallback',
    ['tells its users nothing', 'tell their users nothing'],
    'Users of every critical workload are told something.',
  ),
  'critical.features': features,
  reachable,
  priced,
  recoveries_signed: recoveriesSigned,
  keys_pinned: keysPinned,
  keys_used: keysUsed,
  second_admin: secondAdmin,
  outcomes,
  owners,
} satisfies Record<string, (facts: Facts) => Finding>;
export type CheckKey = keyof typeof CHECKS;
