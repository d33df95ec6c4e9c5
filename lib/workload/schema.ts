import { z } from 'zod';
import { pageOf, pageQuery } from '@/lib/kernel/pages';

const text = (most: number) => z.string().trim().min(1).max(most);
/** A workload may have any name that calls give it, so that traffic is never turned away over a name. */
const workloadSlug = text(200);
const featureSlug = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, { error: 'letters, digits, dots, dashes and underscores, such as "summarise"' });

export const CRITICALITIES = ['critical', 'standard', 'experimental'] as const;
export const TRAFFIC_STAGES = ['experiment', 'pilot', 'ramp', 'production'] as const;
export const ENFORCEMENTS = ['gateway', 'declared', 'reported'] as const;

const link = z.url({ protocol: /^https?$/, error: 'a link that begins with https://' }).max(2_000);
const fallbackIn = z.strictObject({ message: text(500), url: link.nullish() }).nullable();

const fields = {
  name: text(200).optional(),
  criticality: z.enum(CRITICALITIES).optional(),
  trafficStage: z.enum(TRAFFIC_STAGES).optional(),
  team: text(200).nullish(),
  costCentre: text(200).nullish(),
  ownerId: z.string().max(100).nullish(),
  /** What its users get when it is refused. */
  fallback: fallbackIn.optional(),
  /** How people stop it where nobody asks first: a sentence, a link. */
  stopByHand: text(2_000).nullish(),
};

export const workloadIn = z.strictObject({ slug: workloadSlug, ...fields });
export type WorkloadIn = z.output<typeof workloadIn>;

/** `adopted: true` takes a workload first seen in traffic on; nobody un-adopts one. */
export const workloadChange = z.strictObject({ ...fields, adopted: z.literal(true).optional() });
export type WorkloadChange = z.output<typeof workloadChange>;

export const featureIn = z.strictObject({ slug: featureSlug, name: text(200).optional() });
export type FeatureIn = z.output<typeof featureIn>;

export const workloadOut = z.object({
  ...{ id: z.string(), createdAt: z.string(), etag: z.string(), slug: z.string(), name: z.string() },
  ...{
    criticality: z.enum(CRITICALITIES),
    trafficStage: z.enum(TRAFFIC_STAGES),
    team: z.string().nullable(),
    costCentre: z.string().nullable(),
  },
  ownerId: z.string().nullable(),
  /** Worked out from how its usage arrives: `gateway` when all of its last calls came that way, `declared` when it asks first, else `reported`. */
  enforcement: z.enum(ENFORCEMENTS),
  fallback: z.object({ message: z.string(), url: z.string().nullable() }).nullable(),
  stopByHand: z.string().nullable(),
  features: z.array(z.object({ slug: z.string(), name: z.string() })),
  adoptedAt: z.string().nullable(),
  /** Day of its last booked call in the organisation's zone, within 35 days; null without one. */
  lastDay: z.string().nullable(),
});
export type WorkloadOut = z.output<typeof workloadOut>;

export const workloadsOut = pageOf(workloadOut);
export const workloadsQuery = z.strictObject({
  ...pageQuery,
  adopted: z.enum(['true', 'false']).optional(),
  criticality: z.enum(CRITICALITIES).optional(),
});
export type WorkloadsQuery = z.output<typeof workloadsQuery>;
