import type { Context } from '@/lib/context';
import { days, minus, toIso } from '@/lib/kernel/instant';
import { SCOPE_FIELDS, type ScopeField } from '../scope';

/** Values that have been seen for each dimension lately, the dearest first: what a scope may be picked from. New ones may be typed. */
export type KnownValues = { fields: Record<ScopeField, string[]>; tags: Record<string, string[]>; withTraffic: string[] };

const LOOKED_BACK = days(62);
const MOST = 200;

const CUTS: Partial<Record<ScopeField, string>> = {
  workload: 'workload',
  feature: 'feature',
  provider: 'provider',
  model: 'model',
  trafficStage: 'traffic_stage',
};
const LABELS: Partial<Record<ScopeField, string>> = { team: 'team', costCentre: 'cost_centre', customer: 'customer' };

/** The values that usage and workloads have brought, for the scope of a new budget. */
export async function knownValues(ctx: Context): Promise<KnownValues> {
  const since = toIso(minus(ctx.now, LOOKED_BACK));
  const cut = (column: string) =>
    ctx.tx.query<{ value: string }>(
      `SELECT ${column} AS value FROM rollup_day WHERE org_id = $1 AND day >= $2::timestamptz::date AND ${column} <> ''
        GROUP BY 1 ORDER BY sum(amount_nano) DESC LIMIT ${MOST}`,
      [ctx.orgId, since],
    );
  const labels = await ctx.tx.query<{ label: string; value: string }>(
    `SELECT label, value FROM rollup_label WHERE org_id = $1 AND day >= $2::timestamptz::date AND value <> ''
      GROUP BY 1, 2 ORDER BY sum(amount_nano) DESC LIMIT 1000`,
    [ctx.orgId, since],
  );
  const workloads = await ctx.tx.query<{ slug: string; team: string | null; cost_centre: string | null }>(
    'SELECT slug, team, cost_centre FROM workload WHERE org_id = $1 AND ended_at IS NULL ORDER BY slug LIMIT 500',
    [ctx.orgId],
  );
  const fields = Object.fromEntries(SCOPE_FIELDS.map((field) => [field, [] as string[]])) as KnownValues['fields'];
  for (const [field, column] of Object.entries(CUTS)) fields[field as ScopeField] = (await cut(column)).map((row) => row.value);
  for (const [field, label] of Object.entries(LABELS))
    fields[field as ScopeField] = labels.filter((row) => row.label === label).map((row) => row.value);
  const withTraffic = fields.workload;
  const also = (field: ScopeField, values: (string | null)[]) => {
    fields[field] = [...new Set([...fields[field], ...values.filter((value) => value !== null && value !== '')])] as string[];
  };
  also(
    'workload',
    workloads.map((row) => row.slug),
  );
  also(
    'team',
    workloads.map((row) => row.team),
  );
  also(
    'costCentre',
    workloads.map((row) => row.cost_centre),
  );
  also('trafficStage', ['experiment', 'pilot', 'ramp', 'production']);
  const byTag = Map.groupBy(
    labels.filter((row) => row.label.startsWith('tag:')),
    (row) => row.label.slice('tag:'.length),
  );
  const tags = Object.fromEntries([...byTag].map(([name, rows]) => [name, rows.map((row) => row.value)]));
  return { fields, tags, withTraffic };
}
