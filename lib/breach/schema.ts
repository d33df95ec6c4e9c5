import { z } from 'zod';
import { nano } from '@/lib/kernel/fields';
import { pageOf, pageQuery } from '@/lib/kernel/pages';
import { EVENT_KINDS } from './event';
import { BREACH_CAUSES, PHASES } from './row';

const iso = z.string();
const person = z.object({ id: z.string(), name: z.string() });

const figures = z.object({
  amountNanoUsd: nano,
  limitNanoUsd: nano,
  actualNanoUsd: nano,
  chargedNanoUsd: nano,
  heldNanoUsd: nano,
  committedNanoUsd: nano,
});

const timelineOut = z.object({
  id: z.string(),
  at: iso,
  kind: z.enum([...EVENT_KINDS, 'stop_lifted', 'action_prepared', 'action_started', 'action_ended']),
  by: person,
  /** What the line says, in a sentence. */
  text: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

/** Where the climb stands. */
const climbOut = z.object({
  /** Which climb: a reopened breach, and an answer that expired, begin a new one. */
  climb: z.number(),
  round: z.number(),
  rounds: z.number(),
  step: z.number(),
  steps: z.number(),
  /** All rounds are through: the admins are told once an hour. */
  isAtAdmins: z.boolean(),
  /** Whom the last station told. */
  told: z.array(z.object({ target: z.string(), name: z.string() })),
  nextAt: iso.nullable(),
  /** Whom the next station tells, as the policy names them. */
  next: z.array(z.object({ target: z.string(), name: z.string() })),
});

export const breachOut = z.object({
  ...{ id: z.string(), createdAt: iso, etag: z.string() },
  budget: z.object({ id: z.string(), name: z.string(), ownerId: z.string().nullable(), ownerName: z.string().nullable() }),
  ...{ budgetId: z.string(), workload: z.string().nullable(), periodId: z.string(), cause: z.enum(BREACH_CAUSES), critical: z.boolean() },
  ...{ title: z.string(), phase: z.enum(PHASES), openedAt: iso },
  /** The share of the amount that was reached; null where a stop opened it. */
  level: z.number().nullable(),
  figuresThen: figures,
  /** The running period's figures; null where the budget has none now. */
  figuresNow: figures.nullable(),
  stopIds: z.array(z.string()),
  /** Whether one of its stops holds now. */
  isStopped: z.boolean(),
  actionIds: z.array(z.string()),
  planId: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredByName: z.string().nullable(),
  ...{ answeredAt: iso.nullable(), answerNote: z.string().nullable(), answerExpiresAt: iso.nullable() },
  /** Whether the one who asks may acknowledge it. */
  mayAnswer: z.boolean(),
  foundCause: z.string().nullable(),
  ...{ closedAt: iso.nullable(), closedBy: z.string().nullable(), closedByName: z.string().nullable(), summary: z.string().nullable() },
  policy: z.object({ id: z.string().nullable(), name: z.string(), acknowledgeExpiresMinutes: z.number().nullable() }),
  climb: climbOut,
});
export type BreachOut = z.output<typeof breachOut>;

export const breachDetailOut = breachOut.extend({ timeline: z.array(timelineOut) });
export type BreachDetailOut = z.output<typeof breachDetailOut>;
export type TimelineOut = z.output<typeof timelineOut>;

export const breachesOut = pageOf(breachOut);
const yesNo = z.enum(['true', 'false']);
export const breachesQuery = z.strictObject({
  ...pageQuery,
  phase: z.enum(PHASES).optional(),
  open: yesNo.optional().describe('true: not closed.'),
  answered: yesNo.optional(),
  budgetId: z.string().max(100).optional(),
});
export type BreachesQuery = z.output<typeof breachesQuery>;

const words = z.string().trim().min(1, 'say it in a sentence').max(2_000);
export const acknowledgeIn = z.strictObject({ note: z.string().trim().max(2_000).nullish() });
export const causeIn = z.strictObject({ cause: words });
export const reopenIn = z.strictObject({ why: words });
export const noteIn = z.strictObject({ text: words });
