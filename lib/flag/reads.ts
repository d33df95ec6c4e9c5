import { containmentSet } from '@/lib/containment/set';
import type { Context, Pins } from '@/lib/context';
import { only } from '@/lib/db';
import { bookOf } from '@/lib/price/book';
import type { Flagged, Moment } from './evaluate';
import type { FlagContext } from './schema';

/** What flags are evaluated by now; what the key pins wins over what the caller says. */
export async function momentOf(ctx: Context, said: FlagContext, pins: Pins): Promise<Moment> {
  const heads = only(
    await ctx.tx.query<{ version: number; prices: number }>(
      'SELECT containment_version AS version, price_version AS prices FROM organisation WHERE id = $1',
      [ctx.orgId],
      'flag_heads',
    ),
  );
  const book = await bookOf(ctx.tx, ctx.orgId, heads.prices);
  const set = await containmentSet(ctx.tx, ctx.orgId, heads.version, book, ctx.now);
  const workload = pins.workload ?? said.workload;
  const customer = pins.customer ?? said.customer;
  return { set, now: ctx.now, context: { ...said, workload, customer, tags: { ...said.tags, ...pins.tags } } };
}

type Row = Omit<Flagged, 'resumePercent'>;
type Stage = { percent: number; workload: string | null };

/**
 * Workloads with their features, one or all of them, in the order of their slugs.
 * @param orUnseen one that has not been seen is there without features: it asks before its first call
 */
export async function flaggedWorkloads(ctx: Context, slug: string | undefined, orUnseen: boolean): Promise<Flagged[]> {
  const rows = await ctx.tx.query<Row>(
    `SELECT w.slug, coalesce(w.team, '') AS team, coalesce(w.cost_centre, '') AS "costCentre", w.traffic_stage AS "trafficStage",
            w.adopted_at IS NOT NULL AS adopted, array(SELECT f.slug FROM feature f WHERE f.org_id = w.org_id AND f.workload_id = w.id ORDER BY f.slug) AS features
       FROM workload w WHERE w.org_id = $1 AND w.ended_at IS NULL AND ($2::text IS NULL OR w.slug = $2) ORDER BY w.slug`,
    [ctx.orgId, slug ?? null],
    'flagged_workloads',
  );
  const stages = await openStages(ctx);
  const unseen = { team: '', costCentre: '', trafficStage: 'production', adopted: false, features: [] };
  const found = orUnseen && slug !== undefined && rows.length === 0 ? [{ slug, ...unseen }] : rows;
  return found.map((row) => ({ ...row, resumePercent: resumeOf(row, stages) }));
}

/** What recoveries let pass now, each with the workload of its budget; a stage of 100 % lets everything pass. */
const openStages = (ctx: Context): Promise<Stage[]> =>
  ctx.tx.query<Stage>(
    `SELECT p.stage_percent AS percent, CASE WHEN b.kind = 'everything' THEN NULL ELSE b.workload END AS workload
       FROM recovery_plan p JOIN budget b ON b.org_id = p.org_id AND b.id = p.budget_id
      WHERE p.org_id = $1 AND p.phase = 'resuming' AND p.stage_percent < 100 AND (b.kind = 'everything' OR b.workload IS NOT NULL)`,
    [ctx.orgId],
    'open_stages',
  );

const resumeOf = ({ slug }: Row, stages: readonly Stage[]): number | null => {
  const own = stages.filter(({ workload }) => workload === null || workload === slug).map(({ percent }) => percent);
  return own.length === 0 ? null : Math.min(...own);
};
