import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import type { FeatureIn, WorkloadChange } from './schema';

const COLUMNS = {
  name: 'name',
  criticality: 'criticality',
  trafficStage: 'traffic_stage',
  team: 'team',
  costCentre: 'cost_centre',
  ownerId: 'owner_id',
  fallbackMessage: 'fallback_message',
  fallbackUrl: 'fallback_url',
  stopByHand: 'stop_by_hand',
  adoptedAt: 'adopted_at',
} as const;
export type WorkloadValues = Partial<Record<keyof typeof COLUMNS, string | null>>;

/** The column values that a change asks for; `adopted` is the caller's to turn into a time. */
export function valuesOf({ adopted: _, fallback, ...plain }: WorkloadChange): WorkloadValues {
  const values: WorkloadValues = { ...plain };
  if (fallback !== undefined) Object.assign(values, { fallbackMessage: fallback?.message ?? null, fallbackUrl: fallback?.url ?? null });
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Writes a new workload, adopted by whoever makes it. @returns its id · @throws Fault workload.taken */
export async function insertWorkload(ctx: Context, slug: string, values: WorkloadValues): Promise<string> {
  const id = makeId('wld', ctx.now);
  const made = await ctx.tx.query(
    `INSERT INTO workload (org_id, id, slug, name, adopted_at, created_at) VALUES ($1, $2, $3, $3, $4, $4) ON CONFLICT (org_id, slug) DO NOTHING RETURNING id`,
    [ctx.orgId, id, slug, toIso(ctx.now)],
  );
  if (made.length === 0)
    throw new Fault('workload.taken', `There is a workload "${slug}" already: change that one (adopted: true takes it on).`);
  if (Object.keys(values).length > 0) await updateWorkload(ctx, id, values, false);
  return id;
}

/** Writes values of a workload. @param isChange whether those who have read it must be told that it is another version */
export async function updateWorkload(ctx: Context, id: string, values: WorkloadValues, isChange = true): Promise<void> {
  const fields = Object.keys(values) as (keyof WorkloadValues)[];
  const sets = [...fields.map((field, i) => `${COLUMNS[field]} = $${i + 3}`), ...(isChange ? ['version = version + 1'] : [])];
  await ctx.tx.query(`UPDATE workload SET ${sets.join(', ')} WHERE org_id = $1 AND id = $2`, [
    ctx.orgId,
    id,
    ...fields.map((field) => values[field] ?? null),
  ]);
}

/** Writes a feature of a workload. @throws Fault feature.taken */
export async function insertFeature(ctx: Context, workloadId: string, feature: FeatureIn): Promise<void> {
  const made = await ctx.tx.query(
    `INSERT INTO feature (org_id, id, workload_id, slug, name, created_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (org_id, workload_id, slug) DO NOTHING RETURNING id`,
    [ctx.orgId, makeId('fea', ctx.now), workloadId, feature.slug, feature.name ?? feature.slug, toIso(ctx.now)],
  );
  if (made.length === 0) throw new Fault('feature.taken', `This workload has a feature "${feature.slug}" already.`);
  await updateWorkload(ctx, workloadId, {});
}
