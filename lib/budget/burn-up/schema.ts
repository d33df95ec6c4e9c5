import { z } from 'zod';
import { nano } from '@/lib/kernel/fields';

const at = z.string();

/**
 * What a burn-up marks under its axis, one shape a kind. Containment adds when an action began and ended, recovery its resume steps; what
 * is due (after now) is drawn hollow.
 */
export const PIN_KINDS = ['threshold', 'action_on', 'action_off', 'stop', 'lift', 'resume', 'price', 'amount', 'note'] as const;

/** A budget's burn-up as plain JSON: what the chart draws and its table says. Times ISO 8601, money whole nano-dollars. */
export const burnUpOut = z.object({
  ...{ startsAt: at, endsAt: at, now: at, zone: z.string(), mode: z.enum(['enforce', 'observe']) },
  /** Known spend from the period's start up to each moment; the last is the figure of now. `complete` false where records may still come. */
  points: z.array(z.object({ at, actualNanoUsd: nano, complete: z.boolean() })),
  heldNanoUsd: nano,
  /** What the levels look at: known spend, presumed spend, and unpriced calls at their upper guess. The forecast goes on from here. */
  chargedNanoUsd: nano,
  /** What is expected to be charged from where data ends on; null while there is too little, or while the budget is stopped. */
  forecast: z
    .object({
      /** `run_rate`: under 14 days of data, without a band. */
      kind: z.enum(['run_rate', 'band']),
      /** At each local hour's or day's end; low and high are the 80 % band's, null without one. */
      points: z.array(z.object({ at, medianNanoUsd: nano, lowNanoUsd: nano.nullable(), highNanoUsd: nano.nullable() })),
      /** How many days of data it stands on. */
      days: z.number(),
      /** How past forecasts did, said again with what was known then: how many so many days ahead, how many held, the middle of their errors as a share. */
      track: z.object({ daysAhead: z.number(), forecasts: z.number(), held: z.number(), medianError: z.number() }).nullable(),
    })
    .nullable(),
  /** The forecast without what actions in force save, carried on from what was measured since; null where nothing was, or it is too early. */
  withoutActions: z.object({ since: at, savedNanoUsd: nano, points: z.array(z.object({ at, nanoUsd: nano })) }).nullable(),
  lines: z.array(
    z.object({
      kind: z.enum(['notify', 'contain', 'stop', 'amount']),
      label: z.string(),
      nanoUsd: nano,
      steps: z.array(z.object({ from: at, nanoUsd: nano })).optional(),
    }),
  ),
  /** When the forecast reaches the stop, and when the band's upper and lower edge do; null where not before the period's end. */
  crossing: z.object({ at, earliest: at.nullable(), latest: at.nullable() }).nullable(),
  pins: z.array(z.object({ at, kind: z.enum(PIN_KINDS), label: z.string(), href: z.string().optional() })),
  gaps: z.array(z.object({ from: at, to: at, source: z.string() })),
  /** Since when no source tells anything, where that reaches now: the last of the gaps; null while they tell. */
  silentSince: at.nullable(),
  /** When the open stop was raised; null while calls pass. */
  stoppedAt: at.nullable(),
  caption: z.string(),
});
export type BurnUpOut = z.output<typeof burnUpOut>;
