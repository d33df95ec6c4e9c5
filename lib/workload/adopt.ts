import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';

/**
 * Adopts a workload because somebody named it, and makes it where it has not been seen yet. One that is adopted already stays as it
 * is. Call it with the budget set held alone, and bump the set's version after it.
 */
export async function adoptWorkload(ctx: Context, slug: string): Promise<void> {
  const at = toIso(ctx.now);
  const [row] = await ctx.tx.query<{ id: string; made: boolean }>(
    `INSERT INTO workload (org_id, id, slug, name, adopted_at, created_at) VALUES ($1, $2, $3, $3, $4, $4)
     ON CONFLICT (org_id, slug) DO UPDATE SET adopted_at = EXCLUDED.adopted_at, version = workload.version + 1 WHERE workload.adopted_at IS NULL
     RETURNING id, version = 1 AS made`,
    [ctx.orgId, makeId('wld', ctx.now), slug, at],
  );
  if (!row) return;
  await audit(ctx, row.made ? 'workload.created' : 'workload.adopted', { kind: 'workload', id: row.id }, null, { slug, adoptedAt: at });
}

/** Whether a workload is one whose stop and contain levels someone must answer for. */
export async function isCritical(ctx: Context, slug: string | undefined): Promise<boolean> {
  if (slug === undefined) return false;
  const rows = await ctx.tx.query(`SELECT FROM workload WHERE org_id = $1 AND slug = $2 AND criticality = 'critical'`, [ctx.orgId, slug]);
  return rows.length > 0;
}
