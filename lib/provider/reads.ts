import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { etagOf } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { BUILT_IN } from './built-in';
import type { ProviderOut, Wire } from './schema';

/** A provider as its row says, or as it is from the start where no row says otherwise. */
export type ProviderRow = {
  slug: string;
  wire: Wire;
  base_url: string;
  key_ending: string | null;
  key_set_at: Instant | null;
  created_at: Instant;
  version: number;
  ended_at: Instant | null;
};

/** Its columns; never the key. */
export const PROVIDER_COLUMNS = 'slug, wire, base_url, key_ending, key_set_at, created_at, version, ended_at';

export const providerFrom = (row: ProviderRow): ProviderOut => ({
  ...{ id: row.slug, createdAt: toIso(row.created_at), etag: etagOf(row.version), slug: row.slug, wire: row.wire, baseUrl: row.base_url },
  isBuiltIn: BUILT_IN.has(row.slug),
  key: row.key_ending === null || row.key_set_at === null ? null : { ending: row.key_ending, setAt: toIso(row.key_set_at) },
});

const builtIn = (slug: string, version: number, since: Instant): ProviderRow | null => {
  const found = BUILT_IN.get(slug);
  if (!found) return null;
  return {
    slug,
    wire: found.wire,
    base_url: found.baseUrl,
    key_ending: null,
    key_set_at: null,
    created_at: since,
    version,
    ended_at: null,
  };
};

/** What a row stands for: itself; once ended, what was there from the start, or nothing. */
const standing = (slug: string, row: ProviderRow | undefined, since: Instant): ProviderRow | null =>
  row && row.ended_at === null ? row : builtIn(slug, row?.version ?? 0, since);

async function sinceOf(ctx: Context): Promise<Instant> {
  return only(await ctx.tx.query<{ created_at: Instant }>('SELECT created_at FROM organisation WHERE id = $1', [ctx.orgId])).created_at;
}

/** All of an organisation, by name. */
export async function listProviders(ctx: Context): Promise<ProviderOut[]> {
  const rows = await ctx.tx.query<ProviderRow>(`SELECT ${PROVIDER_COLUMNS} FROM provider WHERE org_id = $1`, [ctx.orgId]);
  const since = await sinceOf(ctx);
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  return [...new Set([...BUILT_IN.keys(), ...bySlug.keys()])]
    .sort()
    .flatMap((slug) => standing(slug, bySlug.get(slug), since) ?? [])
    .map(providerFrom);
}

/** One as it stands. @throws Fault provider.not_found */
export async function readProvider(ctx: Context, slug: string): Promise<ProviderRow> {
  const [row] = await ctx.tx.query<ProviderRow>(`SELECT ${PROVIDER_COLUMNS} FROM provider WHERE org_id = $1 AND slug = $2`, [
    ctx.orgId,
    slug,
  ]);
  const found = standing(slug, row, await sinceOf(ctx));
  if (!found) throw new Fault('provider.not_found', 'There is no such provider.');
  return found;
}
