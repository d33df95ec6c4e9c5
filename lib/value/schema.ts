import { z } from 'zod';
import { date, nano } from '@/lib/kernel/fields';

const positiveNano = z.string().regex(/^[1-9]\d{0,17}$/, 'whole nano-dollars above 0, as text');
const share = z.number().min(0, 'from 0 to 1').max(1, 'from 0 to 1');

/** What a workload in a stage is to come to in 30 days. What is left out stays as it was; null takes it back. */
export const targetChange = z
  .strictObject({
    spendNanoUsd: positiveNano.nullable(),
    costPerSuccessNanoUsd: positiveNano.nullable(),
    quality: share.nullable(),
    conversion: share.nullable(),
    ownerId: z.string().max(100).nullable(),
    reviewOn: date.nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'at least one field to change');
export type TargetChange = z.output<typeof targetChange>;

const intervalOut = z.object({ mean: z.number(), low: z.number(), high: z.number(), count: z.number() });
const money = z.object({ now: nano.nullable(), before: nano.nullable(), target: nano.nullable() });
const rate = z.object({ now: z.number().nullable(), before: z.number().nullable(), target: z.number().nullable(), count: z.number() });

export const kpiOut = z.object({
  ...{ workload: z.string(), name: z.string(), trafficStage: z.string(), calls: z.number(), known: z.number(), successes: z.number() },
  ...{ spend: money, costPerSuccess: money, costPerConversion: money, quality: rate, conversion: rate },
  qualityInterval: intervalOut.nullable(),
  ...{ ownerId: z.string().nullable(), ownerName: z.string().nullable(), reviewOn: z.string().nullable() },
  /** What is not told of its calls: without it there is no figure. */
  missing: z.array(z.enum(['outcome', 'quality', 'converted'])),
});
export type KpiOut = z.output<typeof kpiOut>;

const modelOut = z.object({ provider: z.string(), model: z.string(), calls: z.number(), successes: z.number(), known: z.number() });
export const splitOut = z.object({
  ...{ workload: z.string(), feature: z.string(), from: modelOut, to: modelOut },
  verdict: z.enum(['advised', 'too_few', 'worse', 'no_saving']),
  ...{ required: z.number().nullable(), quality: intervalOut.nullable() },
  ...{ fromCostPerSuccessNanoUsd: nano.nullable(), toCostPerSuccessNanoUsd: nano.nullable() },
  /** What 30 days would cost less; null where that cannot be told. */
  savingNanoUsd: nano.nullable(),
  /** The share of the workload's calls that would move, of those of which something is told. */
  share: z.number(),
});
export type SplitOut = z.output<typeof splitOut>;

export const proposalOut = z.object({
  ...{ id: z.string(), actionId: z.string(), proposedAt: z.string(), state: z.string() },
  ...{ workload: z.string(), feature: z.string(), from: z.string(), to: z.string() },
  /** What was promised for 30 days, and what the action has measurably saved since it began. */
  ...{ promisedNanoUsd: nano, savedNanoUsd: nano, startedAt: z.string().nullable() },
});
export type ProposalOut = z.output<typeof proposalOut>;

export const valueOut = z.object({ kpis: z.array(kpiOut), splits: z.array(splitOut), proposals: z.array(proposalOut) });
export type ValueOut = z.output<typeof valueOut>;

export const proposeIn = z.strictObject({
  ...{ workload: z.string().min(1).max(200), feature: z.string().max(200), provider: z.string().min(1).max(200) },
  ...{ model: z.string().min(1).max(200), toProvider: z.string().min(1).max(200), toModel: z.string().min(1).max(200) },
});
export type ProposeIn = z.output<typeof proposeIn>;
