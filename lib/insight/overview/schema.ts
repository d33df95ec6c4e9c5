import { z } from 'zod';
import { forecastOut } from '@/lib/budget/schema';
import { nano } from '@/lib/kernel/fields';
import { freshnessOut } from '../data/freshness';

const line = z.object({ kind: z.enum(['notify', 'contain', 'stop', 'amount']), label: z.string(), nanoUsd: nano });

/** How a budget stands: stopped, would be if it enforced, stops before its period ends by its forecast, too early to say, or holds. */
export const STANDINGS = ['stopped', 'would_stop', 'due', 'early', 'holds'] as const;

export const overviewBudget = z.object({
  ...{ id: z.string(), name: z.string(), mode: z.enum(['enforce', 'observe']), workload: z.string().nullable() },
  ...{ startsAt: z.string(), endsAt: z.string(), standing: z.enum(STANDINGS) },
  ...{ amountNanoUsd: nano, limitNanoUsd: nano, actualNanoUsd: nano, presumedNanoUsd: nano, unpricedUpperNanoUsd: nano },
  ...{ chargedNanoUsd: nano, heldNanoUsd: nano, utilisation: z.number().nullable(), pace: z.number().nullable() },
  ...{ unpricedCalls: z.number(), runwayAt: z.string().nullable() },
  /** What will be charged at the period's end; null with less than an hour of data, and while the budget is stopped. */
  forecast: forecastOut.nullable(),
  lines: z.array(line),
  stop: z
    .object({
      ...{ id: z.string(), raisedAt: z.string(), cause: z.string(), observed: z.boolean(), reason: z.string().nullable() },
      /** Calls refused by this budget since then (or that would have been). */
      refusedCalls: z.number(),
    })
    .nullable(),
});
export type OverviewBudget = z.output<typeof overviewBudget>;

/** Soonest harm first. */
export const ATTENTION_KINDS = [
  'unanswered',
  'stopped',
  'held',
  'would_stop',
  'prepared',
  'due',
  'unsigned',
  'undelivered',
  'stale',
  'unpriced',
  'observes_only',
  'unadopted',
] as const;

/** One line of what needs a person: a status word, what it is about, a sentence, one act. */
export const attentionItem = z.object({
  kind: z.enum(ATTENTION_KINDS),
  /** Stays the same while the thing is the same. */
  key: z.string(),
  word: z.string(),
  subject: z.string(),
  sentence: z.string(),
  act: z.object({ label: z.string(), href: z.string() }),
  /** The workload that can be taken on in place. */
  adopt: z.string().nullable(),
});
export type AttentionItem = z.output<typeof attentionItem>;

export const overviewOut = z.object({
  now: z.string(),
  zone: z.string(),
  state: z.enum(['empty', 'normal', 'breached', 'stale']),
  /** The screen's answer, at most 16 words. */
  firstLine: z.string(),
  freshness: freshnessOut,
  /** Nearest their stop first. */
  budgets: z.array(overviewBudget),
  attention: z.array(attentionItem),
  /** Breaches that are not closed, of all budgets: how many nobody has answered, and how many are on their way back. */
  breaches: z.object({ open: z.number(), unanswered: z.number(), recovering: z.number() }),
});
export type OverviewOut = z.output<typeof overviewOut>;

const moved = z.object({ before: nano, after: nano, byCalls: nano, byCost: nano, moved: nano });
export const movedOut = z.object({
  ...{ from: z.string(), middle: z.string(), to: z.string(), zone: z.string() },
  /** What moved the most; null where there is no week before to hold this one against. */
  finding: z.string().nullable(),
  total: moved,
  drivers: z.array(moved.extend({ workload: z.string(), model: z.string() })),
  /** The movements beyond those drivers, together; null when there are none. */
  others: moved.extend({ count: z.number() }).nullable(),
});
export type MovedOut = z.output<typeof movedOut>;
