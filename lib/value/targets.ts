import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { toIso } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd } from '@/lib/kernel/money';
import { requireMember } from '@/lib/org/member/require';
import { readWorkloadRow } from '@/lib/workload/reads';
import type { TargetChange } from './schema';

/** What a workload in a stage is to come to in 30 days. */
export type TargetRow = {
  workload: string;
  trafficStage: string;
  spend: NanoUsd | null;
  costPerSuccess: NanoUsd | null;
  quality: number | null;
  conversion: number | null;
  ownerId: string | null;
  ownerName: string | null;
  reviewOn: string | null;
};

const SELECT = `SELECT k.workload, k.traffic_stage AS "trafficStage", k.spend_nano AS spend, k.cost_per_success_nano AS "costPerSuccess",
    k.quality, k.conversion, k.owner_id AS "ownerId", p.name AS "ownerName", k.review_on::text AS "reviewOn"
  FROM kpi_target k LEFT JOIN member m ON m.org_id = k.org_id AND m.id = k.owner_id LEFT JOIN person p ON p.id = m.person_id
 WHERE k.org_id = $1`;

/** Every target of an organisation. */
export const readTargets = (ctx: Context): Promise<TargetRow[]> => ctx.tx.query<TargetRow>(SELECT, [ctx.orgId]);

const money = (text: string | null): NanoUsd | null => (text === null ? null : nanoUsd(BigInt(text)));

/** Sets what a workload is to come to in a stage. @throws Fault workload.not_found · member.not_found */
export async function setTarget(
  ctx: Context,
  { workload, trafficStage, change }: { workload: string; trafficStage: string; change: TargetChange },
): Promise<void> {
  await readWorkloadRow(ctx, workload);
  await requireMember(ctx, change.ownerId ?? null);
  const [found] = await ctx.tx.query<TargetRow>(`${SELECT} AND k.workload = $2 AND k.traffic_stage = $3 FOR UPDATE OF k`, [
    ctx.orgId,
    workload,
    trafficStage,
  ]);
  const before = {
    ...{ spend: found?.spend ?? null, costPerSuccess: found?.costPerSuccess ?? null, quality: found?.quality ?? null },
    ...{ conversion: found?.conversion ?? null, ownerId: found?.ownerId ?? null, reviewOn: found?.reviewOn ?? null },
  };
  const { spendNanoUsd, costPerSuccessNanoUsd, ...plain } = change;
  const after = {
    ...before,
    ...plain,
    ...(spendNanoUsd === undefined ? {} : { spend: money(spendNanoUsd) }),
    ...(costPerSuccessNanoUsd === undefined ? {} : { costPerSuccess: money(costPerSuccessNanoUsd) }),
  };
  await ctx.tx.query(
    `INSERT INTO kpi_target (org_id, workload, traffic_stage, spend_nano, cost_per_success_nano, quality, conversion, owner_id, review_on, set_by, set_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (org_id, workload, traffic_stage) DO UPDATE SET spend_nano = excluded.spend_nano, quality = excluded.quality,
       cost_per_success_nano = excluded.cost_per_success_nano, conversion = excluded.conversion, owner_id = excluded.owner_id,
       review_on = excluded.review_on, set_by = excluded.set_by, set_at = excluded.set_at`,
    [
      ...[ctx.orgId, workload, trafficStage, after.spend, after.costPerSuccess, after.quality, after.conversion, after.ownerId],
      ...[after.reviewOn, ctx.actor.id, toIso(ctx.now)],
    ],
  );
  await audit(ctx, 'kpi.target_set', { kind: 'workload', id: workload }, { trafficStage, ...before }, { trafficStage, ...after });
}
