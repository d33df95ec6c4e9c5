import { audit } from '@/lib/audit/write';
import { bumpBudgetSet } from '@/lib/budget/insert';
import { lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { requireVersion } from '@/lib/http/etag';
import { toIso } from '@/lib/kernel/instant';
import { requireMember } from '@/lib/org/member/require';
import { readWorkload, readWorkloadRow, type WorkloadRow } from '@/lib/workload/reads';
import type { FeatureIn, WorkloadChange, WorkloadIn, WorkloadOut } from '@/lib/workload/schema';
import { insertFeature, insertWorkload, updateWorkload, valuesOf, type WorkloadValues } from '@/lib/workload/write';

// What a workload says of itself (team, cost centre, stage, whether it is adopted) is written on every call of it and decides which
// budgets cover them: so each change takes the budget set alone, and every process reads its workloads anew.

/** Makes a workload before its first call; it is adopted by whoever makes it. @throws Fault workload.taken · member.unknown */
export async function makeWorkload(ctx: Context, { slug, ...input }: WorkloadIn): Promise<WorkloadOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  await requireMember(ctx, input.ownerId ?? null);
  const values = valuesOf(input);
  const id = await insertWorkload(ctx, slug, values);
  await bumpBudgetSet(ctx);
  await audit(ctx, 'workload.created', { kind: 'workload', id }, null, { slug, ...values });
  return readWorkload(ctx, slug);
}

/**
 * Changes a workload, or adopts one first seen in traffic. What was booked before keeps the team, cost centre and stage it had.
 * @throws Fault workload.not_found · etag.mismatch · member.unknown
 */
export async function changeWorkload(
  ctx: Context,
  input: { slug: string; ifMatch: number | null; change: WorkloadChange },
): Promise<WorkloadOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const row = await readWorkloadRow(ctx, input.slug);
  requireVersion(row.version, input.ifMatch);
  if (input.change.ownerId !== undefined) await requireMember(ctx, input.change.ownerId);
  const wanted = valuesOf(input.change);
  if (input.change.adopted && row.adoptedAt === null) wanted.adoptedAt = toIso(ctx.now);
  const values = differing(row, wanted);
  const fields = Object.keys(values) as (keyof WorkloadValues)[];
  if (fields.length === 0) return readWorkload(ctx, input.slug);
  await updateWorkload(ctx, row.id, values);
  await bumpBudgetSet(ctx);
  const before = Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
  await audit(ctx, values.adoptedAt ? 'workload.adopted' : 'workload.changed', { kind: 'workload', id: row.id }, before, values);
  return readWorkload(ctx, input.slug);
}

const differing = (row: WorkloadRow, wanted: WorkloadValues): WorkloadValues =>
  Object.fromEntries(Object.entries(wanted).filter(([field, value]) => value !== (row[field as keyof WorkloadValues] ?? null)));

/** Adds a feature: a part of a workload that can be switched off by itself. @throws Fault workload.not_found · feature.taken */
export async function addFeature(ctx: Context, input: { slug: string; feature: FeatureIn }): Promise<WorkloadOut> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'alone');
  const row = await readWorkloadRow(ctx, input.slug);
  await insertFeature(ctx, row.id, input.feature);
  await bumpBudgetSet(ctx);
  await audit(ctx, 'feature.created', { kind: 'workload', id: row.id }, null, input.feature);
  return readWorkload(ctx, input.slug);
}
