import { z } from 'zod';

const nano = z.string().regex(/^-?\d+$/);
const at = z.string();

/** A budget's burn-up as plain JSON: what the chart draws and its table says. Times ISO 8601, money whole nano-dollars. */
export const burnUpOut = z.object({
  ...{ startsAt: at, endsAt: at, now: at, zone: z.string() },
  /** Known spend from the period's start up to each moment; the last is the figure of now. `complete` false where records may still come. */
  points: z.array(z.object({ at, actualNanoUsd: nano, complete: z.boolean() })),
  heldNanoUsd: nano,
  /** What the levels look at: known spend, presumed spend, and unpriced calls at their upper guess. The forecast goes on from here. */
  chargedNanoUsd: nano,
  /** The straight run rate of the `days` so far; null while there is too little, or while the budget is stopped. */
  forecast: z.object({ kind: z.literal('run_rate'), points: z.array(z.object({ at, medianNanoUsd: nano })), days: z.number() }).nullable(),
  lines: z.array(
    z.object({
      kind: z.enum(['notify', 'contain', 'stop', 'amount']),
      label: z.string(),
      nanoUsd: nano,
      steps: z.array(z.object({ from: at, nanoUsd: nano })).optional(),
    }),
  ),
  /** When the run rate reaches the stop. */
  crossing: z.object({ at }).nullable(),
  pins: z.array(z.object({ at, kind: z.enum(['threshold', 'stop', 'lift', 'price', 'amount']), label: z.string() })),
  gaps: z.array(z.object({ from: at, to: at, source: z.string() })),
  /** When the open stop was raised; null while calls pass. */
  stoppedAt: at.nullable(),
  caption: z.string(),
});
export type BurnUpOut = z.output<typeof burnUpOut>;
