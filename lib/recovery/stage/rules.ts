import { days, hours, type Instant } from '@/lib/kernel/instant';
import { larger, type NanoUsd, nanoUsd, ZERO_USD } from '@/lib/kernel/money';
import { PERCENTS, type Percent, type Verdict } from '../schema';

const MICROS_PER_DAY = BigInt(days(1));

/** What a step lets through in an hour: `percent × target ÷ 24`, rounded down. */
export const hourlyAllowance = (percent: Percent, target: NanoUsd): NanoUsd =>
  nanoUsd((BigInt(percent) * larger(ZERO_USD, target)) / 2_400n);

/** A stretch of time in which one percent of one target flowed; null while nothing did. */
export type Flow = { from: Instant; to: Instant; percent: Percent | null; target: NanoUsd | null };

/** What flows from a step on, until the next one. */
export type FlowStep = { at: Instant; percent: Percent | null; targetNano: NanoUsd | null };

/** The flows of a stretch of time, by the steps that were taken; before the first nothing flowed. @param steps in their order */
export function flowsIn(steps: readonly FlowStep[], from: Instant, to: Instant): Flow[] {
  const flows: Flow[] = [];
  let current: Omit<Flow, 'from' | 'to'> = { percent: null, target: null };
  let begun = from;
  for (const { at, percent, targetNano } of steps) {
    if (at >= to) break;
    if (at > begun) {
      flows.push({ from: begun, to: at, ...current });
      begun = at;
    }
    current = { percent, target: targetNano };
  }
  return [...flows, { from: begun, to, ...current }];
}

/**
 * What the steps let through in a stretch of time: the sum of their hourly allowances, so that a local day of 23 or 25 hours has that
 * many. Of a day of 24 hours at one step it is `percent × target`.
 */
export function allowanceOf(flows: readonly Flow[]): NanoUsd {
  const sum = flows.reduce(
    (all, { from, to, percent, target }) => all + BigInt(to - from) * BigInt(percent ?? 0) * larger(ZERO_USD, target ?? ZERO_USD),
    0n,
  );
  return nanoUsd(sum / (100n * MICROS_PER_DAY));
}

/** The step after one; the first from nothing, null after the last. */
export const nextPercent = (percent: Percent | null): Percent | null =>
  percent === null ? PERCENTS[0] : (PERCENTS[PERCENTS.indexOf(percent) + 1] ?? null);

/** The step before one; from the first there is none but to stop. */
export const percentBefore = (percent: Percent): Percent | null => PERCENTS[PERCENTS.indexOf(percent) - 1] ?? null;

/** The first and the last step need a person's yes; the others open by themselves once their gate passes. */
export const needsPerson = (percent: Percent): boolean => percent === PERCENTS[0] || percent === 100;

/** How long a step is watched before the next. */
export const LEAST_AT_STEP = hours(24);

/** What a gate looks at: live figures, the last complete day's verdict, and what people have recorded. */
export type GateFacts = {
  answered: boolean;
  cause: boolean;
  correctiveAction: boolean;
  roomAnswered: boolean;
  room: NanoUsd;
  enforcing: boolean;
  stopped: boolean;
  /** How long this step has been taken, µs. */
  atStep: number;
  calls: number;
  spent: NanoUsd;
  allowance: NanoUsd;
  stale: readonly string[];
  lastVerdict: Verdict | null;
};

export type Check = { key: string; passed: boolean; detail: string };

const check = (key: string, passed: boolean, good: string, bad: string): Check => ({ key, passed, detail: passed ? good : bad });

const money = (f: GateFacts): Check =>
  check(
    'room',
    f.room > 0n,
    'There is room under the limit.',
    'What is charged has reached the limit: there is no room. Raise the amount, get a grant, or wait for the next period.',
  );

/** What must be so before anything flows again. */
const firstChecks = (f: GateFacts): Check[] => [
  check('answered', f.answered, 'Somebody has acknowledged the breach.', 'Nobody has acknowledged the breach yet.'),
  check('cause', f.cause, 'The cause is recorded.', 'Record the cause first.'),
  check('corrective_action', f.correctiveAction, 'A corrective action is named.', 'Name a corrective action first.'),
  check('money', f.roomAnswered, 'It is said where the money comes from.', 'Say first where the money comes from: wait, raise or grant.'),
  check('enforcing', f.enforcing, 'The budget enforces.', 'The budget observes: let it enforce, or nothing holds a step.'),
  money(f),
];

/** What must be so before more flows. */
const laterChecks = (f: GateFacts): Check[] => [
  check('stopped', !f.stopped, 'No stop holds.', 'A stop holds.'),
  money(f),
  check('time', f.atStep >= LEAST_AT_STEP, 'A day has passed at this step.', 'This step is watched for 24 hours first.'),
  check(
    'demand',
    f.calls > 0 && f.spent > 0n,
    'Calls have come at this step.',
    'No paid call has come at this step: no spend is no evidence.',
  ),
  check('within', f.spent <= f.allowance, 'Spend is within its allowance.', 'More was spent at this step than it allows.'),
  check('fresh', f.stale.length === 0, 'Every source is fresh.', `Data is missing from ${f.stale.join(', ')}.`),
  check(
    'verdict',
    f.lastVerdict === null || f.lastVerdict === 'stable' || f.lastVerdict === 'watch' || f.lastVerdict === 'held',
    'The last day was not worse.',
    `The last day was ${f.lastVerdict}.`,
  ),
];

/** The gate of a step: all of its checks, and whether it passes. Nothing passes on what is missing. */
export function gateOf(percent: Percent, f: GateFacts): { percent: Percent; passed: boolean; needsPerson: boolean; checks: Check[] } {
  const checks = percent === PERCENTS[0] ? firstChecks(f) : laterChecks(f);
  return { percent, passed: checks.every((each) => each.passed), needsPerson: needsPerson(percent), checks };
}

/** What watches a plan that resumes, at one moment. */
export type WatchFacts = {
  stopped: boolean;
  spentUp: boolean;
  today: { spent: NanoUsd; allowance: NanoUsd };
  worseDays: number;
  /** This hour's allowance, and by how much reported or dearer spend has gone above it since the step was taken. */
  hour: { allowance: NanoUsd; above: NanoUsd };
};

/** A day far over its allowance: this many times. */
const FAR_OVER = 2n;
/** One `worse` day is a warning, a second one too; the third ends it. */
const WORSE_AT_MOST = 2;

/** Why a plan is aborted; null while it may go on. */
export function abortReason(f: WatchFacts): string | null {
  if (f.stopped || f.spentUp) return 'Charged is back at the limit.';
  if (f.today.spent > FAR_OVER * f.today.allowance) return 'Today’s spend is more than twice its allowance.';
  if (f.worseDays > WORSE_AT_MOST) return 'A third day was worse.';
  return null;
}

/** Whether spend burns faster than its step lets it: more than a tenth of the hour's allowance above it, since the step was taken. */
export const isBurning = ({ allowance, above }: WatchFacts['hour']): boolean => above * 10n > allowance && above > 0n;
