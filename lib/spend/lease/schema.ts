import { z } from 'zod';
import { authorizeIn, denyOut, settleIn } from '../schema';

const nanoText = z.string().regex(/^\d{1,18}$/, 'whole nano-dollars, as text');
const { workload, feature, provider, model, customer, tags, trafficStage } = authorizeIn.shape;

/** A lease that is asked for: what its calls are for, how much of it is wanted at a time, and for how long. */
export const leaseIn = z.strictObject({
  ...{ workload, feature, provider, model, customer, tags, trafficStage },
  amountNanoUsd: nanoText.refine((text) => BigInt(text) > 0n, 'more than 0'),
  ttlSeconds: z.int().min(1).max(60).default(60),
});
export type LeaseIn = z.output<typeof leaseIn>;

/** A lease that is given. `bounds` are nano-dollars for a million units, the dearest that each kind can cost. */
export const leaseGiven = z.object({
  decision: z.literal('allow'),
  leaseId: z.string(),
  upToNanoUsd: nanoText,
  expiresAt: z.string(),
  lastsMs: z.number(),
  ...{ provider: z.string(), model: z.string() },
  bounds: z.record(z.string(), nanoText),
});
export type LeaseGiven = z.output<typeof leaseGiven>;
export const leaseOut = z.union([leaseGiven, denyOut]);
export type LeaseOut = z.output<typeof leaseOut>;

const { units, responseId, outcome, quality, converted, latencyMs, provider: answeredBy, model: answered } = settleIn.shape;
const leasedRecord = z.strictObject({
  eventId: z.string().min(1).max(200),
  ...{ units, provider: answeredBy, model: answered, responseId, outcome, quality, converted, latencyMs },
});
/** A call that was made under a lease and has ended. */
export type LeasedRecord = z.output<typeof leasedRecord>;

export const leaseSettleIn = z.strictObject({
  underwayNanoUsd: nanoText,
  records: z.array(leasedRecord).max(500).default([]),
});
export type LeaseSettleIn = z.output<typeof leaseSettleIn>;

/** What a lease has come to: its calls at what they cost, and how far they may go. `isOpen` is false once nothing more is given. */
export const leaseSettled = z.object({
  bookedNanoUsd: nanoText,
  upToNanoUsd: nanoText,
  isOpen: z.boolean(),
  why: z.string().nullable(),
});
export type LeaseSettled = z.output<typeof leaseSettled>;

/** How a lease ended: what its calls cost, what is presumed of those that nobody accounted for, and what went back. */
export const leaseEnded = z.object({ settledNanoUsd: nanoText, presumedNanoUsd: nanoText, releasedNanoUsd: nanoText });
export type LeaseEnded = z.output<typeof leaseEnded>;
