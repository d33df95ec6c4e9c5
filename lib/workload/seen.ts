import type { Tx } from '@/lib/db';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, toIso } from '@/lib/kernel/instant';

/** What a workload adds to every call of it. `''` where it has none. */
export type SeenWorkload = {
  slug: string;
  trafficStage: string;
  team: string;
  costCentre: string;
  adopted: boolean;
  fallback: { message: string; url: string | null } | null;
};

type Cached = { version: number; bySlug: Map<string, SeenWorkload> };
const cache = globalThis as { hardstopWorkloads?: Map<string, Cached> };

/** More names than this in one organisation are not kept in memory; they are read each time. */
const KEPT = 5_000;

/**
 * Workloads by slug. One first seen here exists at once under its own name, unadopted. What is cached is held against the version
 * of the budget set, which grows with every change to a workload. Call it under `lockBudgetSet`, before any period row is locked.
 */
export async function seenWorkloads(
  tx: Tx,
  set: { orgId: string; version: number },
  slugs: Iterable<string>,
  now: Instant,
): Promise<Map<string, SeenWorkload>> {
  const known = knownOf(set);
  const wanted = [...new Set(slugs)].sort();
  const missing = wanted.filter((slug) => !known.has(slug));
  if (missing.length === 0) return known;
  const found = await read(tx, set.orgId, missing);
  for (const each of found) if (known.size < KEPT) known.set(each.slug, each);
  const unseen = missing.filter((slug) => !found.some((each) => each.slug === slug));
  const made = unseen.length > 0 ? await make(tx, set.orgId, unseen, now) : [];
  // What this transaction made is not cached: it may yet be rolled back.
  return new Map([...known, ...[...found, ...made].map((each) => [each.slug, each] as const)]);
}

function knownOf(set: { orgId: string; version: number }): Map<string, SeenWorkload> {
  cache.hardstopWorkloads ??= new Map();
  const known = cache.hardstopWorkloads.get(set.orgId);
  if (known?.version === set.version) return known.bySlug;
  const bySlug = new Map<string, SeenWorkload>();
  cache.hardstopWorkloads.set(set.orgId, { version: set.version, bySlug });
  return bySlug;
}

type Row = {
  slug: string;
  traffic_stage: string;
  team: string | null;
  cost_centre: string | null;
  adopted: boolean;
  fallback_message: string | null;
  fallback_url: string | null;
};

async function read(tx: Tx, orgId: string, slugs: string[]): Promise<SeenWorkload[]> {
  const rows = await tx.query<Row>(
    `SELECT slug, traffic_stage, team, cost_centre, adopted_at IS NOT NULL AS adopted, fallback_message, fallback_url
       FROM workload WHERE org_id = $1 AND slug = ANY($2)`,
    [orgId, slugs],
    'seen_workloads',
  );
  return rows.map((row) => ({
    slug: row.slug,
    trafficStage: row.traffic_stage,
    team: row.team ?? '',
    costCentre: row.cost_centre ?? '',
    adopted: row.adopted,
    fallback: row.fallback_message === null ? null : { message: row.fallback_message, url: row.fallback_url },
  }));
}

async function make(tx: Tx, orgId: string, slugs: string[], now: Instant): Promise<SeenWorkload[]> {
  await tx.query(
    `INSERT INTO workload (org_id, id, slug, name, created_at)
     SELECT $1, w.id, w.slug, w.slug, $4 FROM unnest($2::text[], $3::text[]) AS w(id, slug) ON CONFLICT (org_id, slug) DO NOTHING`,
    [orgId, slugs.map(() => makeId('wld', now)), slugs, toIso(now)],
  );
  return read(tx, orgId, slugs);
}
