import type { PlantedFault } from '../P13/fault';

/** A fault that takes one step of the story away; `test` is the step at which the story must then end. */
export type StepFault = PlantedFault & {
  /** What it is planted in serves from the pages' build, which is made anew; all else runs from the sources. */
  isInPages: boolean;
};

const fault = (step: string, at: string, from: string, to: string, isInPages = false): StepFault => ({
  ...{ test: step, in: 'e2e/story.spec.ts', at, from, to, isInPages },
});

/** The faults, in the order of the story; those that the pages are made anew for come last. */
export const faults: readonly StepFault[] = [
  // A cost is cut off instead of rounded.
  fault('pricing', 'lib/price/unit-prices.ts', 'nanoUsd(divideHalfEven(sum, MILLION))', 'nanoUsd(sum / MILLION)'),
  // What a second call of an hour costs is not added to the hour's sum.
  fault('rollup', 'lib/ledger/roll-up.ts', '    sum.amountNano += entry.amountNano;', ''),
  // What a level does by itself waits for a yes that nobody gives.
  fault('action', 'lib/containment/level.ts', "const isStarted = mode === 'automatic';", 'const isStarted = false;'),
  // Reaching the limit raises no stop.
  fault('stop', 'lib/spend/charge.ts', 'isCurrent && m.stopId === null && isSpent(m)', 'isCurrent && m.stopId !== null && isSpent(m)'),
  // Nobody is written to by e-mail.
  fault('notice', 'lib/notice/write.ts', 'env().SMTP_URL === undefined ? [inApp]', 'env().SMTP_URL !== null ? [inApp]'),
  // Time passes, and the next step is not told.
  fault('climb', 'lib/breach/climb.ts', '(next_climb_at <= $1 OR answer_expires_at <= $1)', '(answer_expires_at <= $1)'),
  // A day whose data is missing passes for a good one.
  fault('verdict', 'lib/recovery/day/rules.ts', 'if (f.staleSources.length > 0) return', 'if (f.staleSources.length > 99) return'),
  // Every step opens at once.
  fault('resume gate', 'lib/recovery/stage/rules.ts', 'passed: checks.every((each) => each.passed), needs', 'passed: true, needs'),
  // The button of the link does nothing.
  fault(
    'acknowledge',
    'lib/breach/link/act.ts',
    'if (link.usedAt !== null || breach.answeredBy !== null) return;',
    'if (link.usedAt === null) return;',
    true,
  ),
  // The report gives what is charged now for what was charged when it opened.
  fault(
    'report',
    'lib/recovery/report/report.ts',
    'chargedThenNanoUsd: breach.figures.chargedNanoUsd',
    'chargedThenNanoUsd: view.money.chargedNanoUsd',
    true,
  ),
];
