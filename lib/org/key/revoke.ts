import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { toIso } from '@/lib/kernel/instant';
import { keyFrom, readKey } from './reads';
import type { Key } from './schema';

/** Revokes a key: from the commit on it opens nothing. Twice is the same. @throws Fault key.not_found */
export async function revokeKey(ctx: Context, id: string): Promise<Key> {
  const before = await readKey(ctx, id, true);
  if (before.revoked_at !== null) return keyFrom(before, ctx.now);
  await ctx.tx.query('UPDATE api_key SET revoked_at = $3, version = version + 1 WHERE org_id = $1 AND id = $2', [
    ctx.orgId,
    id,
    toIso(ctx.now),
  ]);
  await audit(ctx, 'key.revoked', { kind: 'api_key', id }, { name: before.name, scopes: before.scopes }, null);
  // Streams that were opened with it end.
  await tell(ctx, 'key.revoked', { kind: 'api_key', id });
  return keyFrom(await readKey(ctx, id), ctx.now);
}
