import { audit } from '@/lib/audit/write';
import { hashOfSecret, makeKeySecret, visiblePrefix } from '@/lib/auth/secrets';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { keyFrom, readKey } from './reads';
import type { Key, KeyIn } from './schema';

/**
 * Makes an API key. Its secret is handed back this once; only its hash is kept.
 * @param given a secret from the environment (first set-up) · @throws Fault key.expires_in_past
 */
export async function makeKey(ctx: Context, input: KeyIn, given?: string): Promise<Key & { secret: string }> {
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && expiresAt <= ctx.now) {
    const detail = 'The key would have expired already: choose a later time, or none.';
    throw new Fault('key.expires_in_past', detail, { errors: [{ pointer: '/expiresAt', code: 'field.invalid', detail }] });
  }
  const secret = given ?? makeKeySecret();
  const id = makeId('key', ctx.now);
  const { workload = null, feature = null, customer = null, tags = {}, models } = input.pins;
  await ctx.tx.query(
    `INSERT INTO api_key (org_id, id, name, prefix, secret_hash, scopes, pin_workload, pin_feature, pin_customer, pin_tags, pin_models, expires_at, created_by,
       created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ctx.orgId,
      id,
      input.name,
      visiblePrefix(secret),
      hashOfSecret(secret),
      input.scopes,
      workload,
      feature,
      customer,
      tags,
      models === undefined ? null : JSON.stringify(models),
      expiresAt === null ? null : toIso(expiresAt),
      ctx.actor.id,
      toIso(ctx.now),
    ],
  );
  const key = keyFrom(await readKey(ctx, id), ctx.now);
  await audit(ctx, 'key.created', { kind: 'api_key', id }, null, {
    name: key.name,
    scopes: key.scopes,
    pins: key.pins,
    expiresAt: key.expiresAt,
  });
  return { ...key, secret };
}
