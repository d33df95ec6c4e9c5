import type { Context, ModelPin, Scope } from '@/lib/context';
import { etagOf } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type Page, type PageQuery, page, placeOf } from '@/lib/kernel/pages';
import type { Key } from './schema';

export type KeyRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  pin_workload: string | null;
  pin_feature: string | null;
  pin_customer: string | null;
  pin_tags: Record<string, string>;
  pin_models: ModelPin[] | null;
  expires_at: Instant | null;
  revoked_at: Instant | null;
  last_used_at: Instant | null;
  created_by: string;
  created_at: Instant;
  version: number;
};

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));

function stateOf(row: KeyRow, now: Instant): Key['state'] {
  if (row.revoked_at !== null) return 'revoked';
  return row.expires_at !== null && row.expires_at <= now ? 'expired' : 'live';
}

/** A key as the API shows one: never its secret. */
export const keyFrom = (row: KeyRow, now: Instant): Key => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  pins: {
    workload: row.pin_workload ?? undefined,
    feature: row.pin_feature ?? undefined,
    customer: row.pin_customer ?? undefined,
    tags: row.pin_tags,
    models: row.pin_models ?? undefined,
  },
  state: stateOf(row, now),
  expiresAt: isoOrNull(row.expires_at),
  revokedAt: isoOrNull(row.revoked_at),
  lastUsedAt: isoOrNull(row.last_used_at),
  createdBy: row.created_by,
  createdAt: toIso(row.created_at),
  etag: etagOf(row.version),
});

const SELECT = `SELECT id, name, prefix, scopes, pin_workload, pin_feature, pin_customer, pin_tags, pin_models, expires_at, revoked_at,
  last_used_at, created_by, created_at, version FROM api_key`;

/** One key. @param lock keeps the row from changing until the transaction ends · @throws Fault key.not_found */
export async function readKey(ctx: Context, id: string, lock = false): Promise<KeyRow> {
  const [row] = await ctx.tx.query<KeyRow>(`${SELECT} WHERE org_id = $1 AND id = $2 ${lock ? 'FOR UPDATE' : ''}`, [ctx.orgId, id]);
  if (!row) throw new Fault('key.not_found', 'There is no such API key.');
  return row;
}

/** Keys, newest first. @param state only those live, expired or revoked */
export async function listKeys(ctx: Context, query: PageQuery & { state?: Key['state'] | undefined }): Promise<Page<Key>> {
  const place = placeOf(query.cursor, 1);
  const rows = await ctx.tx.query<KeyRow>(
    `${SELECT} WHERE org_id = $1 AND ($2::text IS NULL OR id < $2)
        AND ($3::text IS NULL OR $3 = CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN expires_at <= $4 THEN 'expired' ELSE 'live' END)
      ORDER BY id DESC LIMIT $5`,
    [ctx.orgId, place?.[0] ?? null, query.state ?? null, toIso(ctx.now), query.limit + 1],
  );
  return page(
    rows,
    query.limit,
    (row) => keyFrom(row, ctx.now),
    (row) => [row.id],
  );
}
