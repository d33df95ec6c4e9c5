import type { Context } from '@/lib/context';
import { etagOf } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { days, type Instant, minus, toIso } from '@/lib/kernel/instant';
import { type Page, page, placeOf } from '@/lib/kernel/pages';
import type { WorkloadOut, WorkloadsQuery } from './schema';
import { GATEWAY, GATEWAY_KEYS } from './through-gateway';

export type WorkloadRow = {
  id: string;
  slug: string;
  name: string;
  criticality: WorkloadOut['criticality'];
  trafficStage: WorkloadOut['trafficStage'];
  team: string | null;
  costCentre: string | null;
  ownerId: string | null;
  fallbackMessage: string | null;
  fallbackUrl: string | null;
  stopByHand: string | null;
  adoptedAt: Instant | null;
  createdAt: Instant;
  version: number;
  features: { slug: string; name: string }[];
};

const SELECT = `SELECT w.id, w.slug, w.name, w.criticality, w.traffic_stage AS "trafficStage", w.team, w.cost_centre AS "costCentre", w.owner_id AS "ownerId",
    w.fallback_message AS "fallbackMessage", w.fallback_url AS "fallbackUrl", w.stop_by_hand AS "stopByHand", w.adopted_at AS "adoptedAt",
    w.created_at AS "createdAt", w.version,
    coalesce((SELECT json_agg(json_build_object('slug', f.slug, 'name', f.name) ORDER BY f.slug)
                FROM feature f WHERE f.org_id = w.org_id AND f.workload_id = w.id), '[]'::json) AS features
  FROM workload w`;

/** A workload's row. @throws Fault workload.not_found */
export async function readWorkloadRow(ctx: Context, slug: string): Promise<WorkloadRow> {
  const [row] = await ctx.tx.query<WorkloadRow>(`${SELECT} WHERE w.org_id = $1 AND w.slug = $2 AND w.ended_at IS NULL`, [ctx.orgId, slug]);
  if (!row)
    throw new Fault('workload.not_found', `There is no workload "${slug}" here. It appears with its first call, or when you make it.`);
  return row;
}

/** One workload. @throws Fault workload.not_found */
export async function readWorkload(ctx: Context, slug: string): Promise<WorkloadOut> {
  const [view] = await withTraffic(ctx, [await readWorkloadRow(ctx, slug)]);
  return view as WorkloadOut;
}

/** The workloads of the organisation, newest first. */
export async function listWorkloads(ctx: Context, query: WorkloadsQuery): Promise<Page<WorkloadOut>> {
  const place = placeOf(query.cursor, 1);
  const rows = await ctx.tx.query<WorkloadRow>(
    `${SELECT} WHERE w.org_id = $1 AND w.ended_at IS NULL AND ($2::text IS NULL OR w.id < $2) AND ($3::bool IS NULL OR (w.adopted_at IS NOT NULL) = $3)
        AND ($4::text IS NULL OR w.criticality = $4) ORDER BY w.id DESC LIMIT $5`,
    [
      ctx.orgId,
      place?.[0] ?? null,
      query.adopted === undefined ? null : query.adopted === 'true',
      query.criticality ?? null,
      query.limit + 1,
    ],
  );
  const paged = page(
    rows,
    query.limit,
    (row) => row,
    (row) => [row.id],
  );
  return { ...paged, items: await withTraffic(ctx, paged.items) };
}

/** How far back traffic is looked at, to say how a workload's usage arrives. */
const LOOKED_BACK = days(35);

/** Of how many days, up to a workload's last call, every call must have come through the gateway for its bound to be ours. */
const GATEWAY_DAYS = 7;

type Traffic = { slug: string; asks: boolean; isOurs: boolean; lastDay: string | null };

/**
 * How the usage of workloads arrives: those that ask first leave settlements and open holds behind, and of those that go through the
 * gateway no call came by another way.
 */
async function trafficOf(ctx: Context, slugs: string[]): Promise<Map<string, Traffic>> {
  const since = toIso(minus(ctx.now, LOOKED_BACK));
  const rows = await ctx.tx.query<Traffic>(
    `SELECT w.slug, to_char(d.day, 'YYYY-MM-DD') AS "lastDay",
            EXISTS (SELECT FROM rollup_label l WHERE l.org_id = $1 AND l.label = 'source' AND l.value IN ('settle', 'hold', '${GATEWAY}') AND l.day >= $3::timestamptz::date
                       AND l.workload = w.slug)
              OR EXISTS (SELECT FROM hold h WHERE h.org_id = $1 AND h.state = 'open' AND h.workload = w.slug) AS asks,
            coalesce(s.sources = '{${GATEWAY}}', false)
              AND NOT EXISTS (SELECT FROM hold h WHERE h.org_id = $1 AND h.state = 'open' AND h.workload = w.slug
                                 AND NOT starts_with(h.idempotency_key, '${GATEWAY_KEYS}')) AS "isOurs"
       FROM unnest($2::text[]) AS w(slug)
       LEFT JOIN LATERAL (SELECT max(r.day) AS day FROM rollup_day r WHERE r.org_id = $1 AND r.day >= $3::timestamptz::date AND r.workload = w.slug) d ON true
       LEFT JOIN LATERAL (SELECT array_agg(c.value) AS sources FROM (
         SELECT l.value FROM rollup_label l WHERE l.org_id = $1 AND l.label = 'source' AND l.day > d.day - ${GATEWAY_DAYS} AND l.workload = w.slug
          GROUP BY l.value HAVING sum(l.calls) > 0) c) s ON true`,
    [ctx.orgId, slugs, since],
  );
  return new Map(rows.map((row) => [row.slug, row]));
}

async function withTraffic(ctx: Context, rows: WorkloadRow[]): Promise<WorkloadOut[]> {
  const traffic = await trafficOf(
    ctx,
    rows.map((row) => row.slug),
  );
  return rows.map((row) => workloadView(row, traffic.get(row.slug)));
}

const workloadView = (row: WorkloadRow, traffic: Traffic | undefined): WorkloadOut => ({
  ...{
    id: row.id,
    createdAt: toIso(row.createdAt),
    etag: etagOf(row.version),
    slug: row.slug,
    name: row.name,
    criticality: row.criticality,
  },
  ...{ trafficStage: row.trafficStage, team: row.team, costCentre: row.costCentre, ownerId: row.ownerId, stopByHand: row.stopByHand },
  enforcement: traffic?.isOurs ? 'gateway' : traffic?.asks ? 'declared' : 'reported',
  fallback: row.fallbackMessage === null ? null : { message: row.fallbackMessage, url: row.fallbackUrl },
  features: row.features,
  adoptedAt: row.adoptedAt === null ? null : toIso(row.adoptedAt),
  lastDay: traffic?.lastDay ?? null,
});
