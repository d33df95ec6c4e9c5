import { z } from 'zod';
import { date, nano } from '@/lib/kernel/fields';
import { parseInstant } from '@/lib/kernel/instant';
import { pageOf, pageQuery } from '@/lib/kernel/pages';

const iso = z.string();
const words = z.string().trim().min(1, 'say it in a sentence').max(2_000);

/** `planned`: nothing flows yet · `resuming`: at one of the steps · `stopped_again`: aborted · `closed`. */
export const PLAN_PHASES = ['planned', 'resuming', 'stopped_again', 'closed'] as const;
export type PlanPhase = (typeof PLAN_PHASES)[number];

export const ROOMS = ['wait', 'raise', 'grant'] as const;
/** Where the money comes from: the next period, a larger amount, or a grant out of the reserve. */
export type Room = (typeof ROOMS)[number];

export const PERCENTS = [1, 5, 25, 50, 100] as const;
/** The resume steps. */
export type Percent = (typeof PERCENTS)[number];

export const VERDICTS = ['stable', 'watch', 'worse', 'held', 'inconclusive'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const STEP_KINDS = ['open', 'room', 'cause', 'resume', 'step_back', 'abort', 'lifted', 'escalate', 'close', 'reopen'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export const criterionOut = z.object({
  key: z.enum(['stable_days', 'forecast', 'unpriced', 'grants', 'demand', 'checks']),
  met: z.boolean(),
  /** What there is and what is asked for, as the figure to show: `2` of `3`, nano-dollars, or a count. */
  have: z.string(),
  need: z.string(),
  /** One sentence. */
  detail: z.string(),
});
export type CriterionOut = z.output<typeof criterionOut>;

export const gateOut = z.object({
  percent: z.number(),
  passed: z.boolean(),
  /** Whether a person must say yes once it passes; the others open by themselves. */
  needsPerson: z.boolean(),
  checks: z.array(z.object({ key: z.string(), passed: z.boolean(), detail: z.string() })),
});
export type GateOut = z.output<typeof gateOut>;

/** What a daily entry was judged by. */
export const dayFactsOut = z.object({
  calls: z.number(),
  refusedCalls: z.number(),
  newStops: z.number(),
  unpricedCalls: z.number(),
  staleSources: z.array(z.string()),
  /** How long of the day nothing flowed, seconds. */
  stoppedSeconds: z.number(),
  daySeconds: z.number(),
  /** Spend with known cost, and what must be taken as spent besides: what the verdict compares. */
  chargedNanoUsd: nano,
  /** Whether one step flowed for all of it: only such a day counts towards the exit. */
  isWholeDayAtStep: z.boolean(),
  forecast: z.object({ medianNanoUsd: nano, upperNanoUsd: nano, limitNanoUsd: nano }).nullable(),
  because: z.string(),
});

export const dayOut = z.object({
  ...{ date, startsAt: iso, endsAt: iso, actualNanoUsd: nano, targetNanoUsd: nano, percent: z.number().nullable() },
  verdict: z.enum(VERDICTS),
  facts: dayFactsOut,
  writtenAt: iso,
  /** How often late data has corrected it; `first` is what was written then. */
  corrections: z.number(),
  first: z.object({ actualNanoUsd: nano, verdict: z.enum(VERDICTS), writtenAt: iso }).nullable(),
  ...{ note: z.string().nullable(), signedOffBy: z.string().nullable(), signedOffAt: iso.nullable() },
});
export type DayOut = z.output<typeof dayOut>;

/** Today so far: its verdict is not given yet. */
export const todayOut = z.object({
  ...{ date, startsAt: iso, endsAt: iso, actualNanoUsd: nano, targetNanoUsd: nano, percent: z.number().nullable(), facts: dayFactsOut },
  /** What the verdict would be if the day ended now. */
  soFar: z.enum(VERDICTS),
});

export const stepOut = z.object({
  percent: z.number(),
  hourlyNanoUsd: nano.nullable(),
  state: z.enum(['done', 'current', 'next', 'later']),
  /** When it was last taken, by whom, and why; null where it never was. */
  taken: z.object({ at: iso, by: z.string(), byRule: z.boolean(), why: z.string() }).nullable(),
  /** Of the next step only. */
  gate: gateOut.nullable(),
});

export const historyOut = z.object({
  ...{ id: z.string(), at: iso, kind: z.enum(STEP_KINDS), percent: z.number().nullable(), targetNanoUsdPerDay: nano.nullable() },
  ...{ by: z.string(), byRule: z.boolean(), why: z.string() },
});

export const moneyOut = z.object({
  ...{ amountNanoUsd: nano, limitNanoUsd: nano, chargedNanoUsd: nano, roomNanoUsd: nano },
  /** Local days until the period ends, today among them. */
  daysLeft: z.number(),
  /** What the target would be today. */
  targetNanoUsdPerDay: nano,
  /** As people write it, and when the running period ends: for the form that raises it. */
  ...{ amount: z.string(), currency: z.string(), periodEndsAt: iso },
  wait: z.object({ startsAt: iso, limitNanoUsd: nano, daysLeft: z.number(), targetNanoUsdPerDay: nano }).nullable(),
  grant: z.object({ atMostNanoUsd: nano, openNanoUsd: nano, openGrants: z.number() }),
});

export const checkOut = z.object({ id: z.string(), text: z.string(), doneAt: iso.nullable(), doneBy: z.string().nullable() });
export const noteOut = z.object({ id: z.string(), at: iso, by: z.string(), date: date.nullable(), text: z.string() });

export const planOut = z.object({
  ...{ id: z.string(), createdAt: iso, etag: z.string(), breachId: z.string(), budgetId: z.string(), budgetName: z.string() },
  ...{ budgetOwnerId: z.string().nullable(), phase: z.enum(PLAN_PHASES), openedAt: iso, deadlineAt: iso },
  ...{ room: z.enum(ROOMS).nullable(), roomAt: iso.nullable(), roomBy: z.string().nullable(), targetNanoUsdPerDay: nano.nullable() },
  ...{ stagePercent: z.number().nullable(), stageSince: iso, hourlyNanoUsd: nano.nullable() },
  /** This hour's allowance, and what is spent and held of it; null where no step holds. */
  hour: z.object({ endsAt: iso, allowanceNanoUsd: nano, committedNanoUsd: nano }).nullable(),
  ...{ cause: z.string().nullable(), correctiveAction: z.string().nullable(), causeAt: iso.nullable(), causeBy: z.string().nullable() },
  ...{ closedAt: iso.nullable(), closedBy: z.string().nullable(), summary: z.string().nullable() },
  stopId: z.string().nullable(),
  snapshot: z.record(z.string(), z.unknown()),
  money: moneyOut,
  criteria: z.array(criterionOut),
  /** Stable days in a row at 100 %, how many are asked for, and the first day on which it can be closed; null when that is not known. */
  stable: z.object({ days: z.number(), need: z.number(), earliestClose: date.nullable() }),
  steps: z.array(stepOut),
  days: z.array(dayOut),
  today: todayOut.nullable(),
  unsigned: z.array(date),
  ...{ checks: z.array(checkOut), notes: z.array(noteOut), history: z.array(historyOut) },
});
export type PlanOut = z.output<typeof planOut>;

export const plansOut = pageOf(planOut);
export const plansQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(['open', 'closed', 'all']).default('open'),
  budgetId: z.string().max(100).optional(),
  breachId: z.string().max(100).optional(),
});

export const roomIn = z.strictObject({ room: z.enum(ROOMS) });
export const planChange = z.strictObject({
  cause: words.optional(),
  correctiveAction: words.optional(),
  deadlineAt: z
    .string()
    .max(64)
    .refine((text) => parseInstant(text) !== null, 'a time with an offset, such as 2026-11-24T10:15:00Z')
    .optional(),
});
export type PlanChange = z.output<typeof planChange>;
export const resumeIn = z.strictObject({ percent: z.literal(PERCENTS), why: words });
export const whyIn = z.strictObject({ why: words });
export const signOffIn = z.strictObject({ note: z.string().trim().max(2_000).default('') });
export const noteIn = z.strictObject({ text: words, date: date.optional() });
export const checkIn = z.strictObject({ text: words.max(300) });
export const checkChange = z.strictObject({ done: z.boolean() });
export const closeIn = z.strictObject({ summary: words });
