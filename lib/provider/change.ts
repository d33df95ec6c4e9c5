import { isIP } from 'node:net';
import { audit } from '@/lib/audit/write';
import { lockAway } from '@/lib/auth/vault';
import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { rangesOf } from '@/lib/egress/address';
import { EgressFault } from '@/lib/egress/fault';
import { addressesFor, outUrl } from '@/lib/egress/resolve';
import { env } from '@/lib/env';
import { requireVersion } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { BUILT_IN } from './built-in';
import { placeOfKey } from './place-of-key';
import { PROVIDER_COLUMNS, type ProviderRow, providerFrom, readProvider } from './reads';
import { forgetProvider } from './remembered';
import type { ProviderChange, ProviderIn, ProviderOut, Wire } from './schema';

const ENDING = 4;

/**
 * Refuses an address that calls could not go to. One that is written in digits is judged now; a name when it is called, for it may
 * lead elsewhere by then. @throws Fault provider.bad_address
 */
async function requireReachable(baseUrl: string): Promise<void> {
  try {
    const url = outUrl(baseUrl);
    if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) await addressesFor(url, rangesOf(env().HARDSTOP_EGRESS_ALLOW));
  } catch (error) {
    if (!(error instanceof EgressFault)) throw error;
    const fault = { pointer: '/baseUrl', code: 'provider.bad_address', detail: error.message };
    throw new Fault('provider.bad_address', error.message, { errors: [fault] });
  }
}

/** Changes of one provider come one after the other, also while it has no row of its own that could be locked. */
async function lockProvider(ctx: Context, slug: string): Promise<void> {
  await ctx.tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [placeOfKey(ctx.orgId, slug)]);
}

type Standing = { slug: string; wire: Wire; baseUrl: string };

/** Writes a provider as it is to stand. @param apiKey the new key, null to keep none, undefined to leave the kept one */
async function write(ctx: Context, { slug, wire, baseUrl }: Standing, apiKey: string | null | undefined): Promise<ProviderRow> {
  forgetProvider(ctx.orgId, slug);
  const key = apiKey == null ? [null, null, null] : [lockAway(apiKey, placeOfKey(ctx.orgId, slug)), apiKey.slice(-ENDING), toIso(ctx.now)];
  return only(
    await ctx.tx.query<ProviderRow>(
      `INSERT INTO provider (org_id, slug, wire, base_url, sealed_key, key_ending, key_set_at, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (org_id, slug) DO UPDATE SET wire = excluded.wire, base_url = excluded.base_url, version = provider.version + 1, ended_at = NULL,
         sealed_key = CASE WHEN $10 AND provider.ended_at IS NULL THEN provider.sealed_key ELSE excluded.sealed_key END,
         key_ending = CASE WHEN $10 AND provider.ended_at IS NULL THEN provider.key_ending ELSE excluded.key_ending END,
         key_set_at = CASE WHEN $10 AND provider.ended_at IS NULL THEN provider.key_set_at ELSE excluded.key_set_at END
       RETURNING ${PROVIDER_COLUMNS}`,
      [ctx.orgId, slug, wire, baseUrl, ...key, ctx.actor.id, toIso(ctx.now), apiKey === undefined],
    ),
  );
}

/** Makes a provider. @throws Fault provider.taken · provider.bad_address */
export async function makeProvider(ctx: Context, { apiKey, ...given }: ProviderIn): Promise<ProviderOut> {
  await requireReachable(given.baseUrl);
  await lockProvider(ctx, given.slug);
  const [taken] = await ctx.tx.query('SELECT FROM provider WHERE org_id = $1 AND slug = $2 AND ended_at IS NULL', [ctx.orgId, given.slug]);
  if (taken || BUILT_IN.has(given.slug)) {
    const detail = `There is a provider "${given.slug}" already. Change that one, or take another name.`;
    throw new Fault('provider.taken', detail, { errors: [{ pointer: '/slug', code: 'provider.taken', detail }] });
  }
  const made = providerFrom(await write(ctx, given, apiKey ?? null));
  await audit(ctx, 'provider.made', { kind: 'provider', id: given.slug }, null, made);
  return made;
}

/**
 * Changes a provider's address or key. A kept key does not follow to another host: whoever changes the address gives the key with it.
 * @throws Fault provider.not_found · provider.bad_address · provider.key_stays · etag.mismatch
 */
export async function changeProvider(ctx: Context, slug: string, change: ProviderChange, ifMatch: number | null): Promise<ProviderOut> {
  if (change.baseUrl !== undefined) await requireReachable(change.baseUrl);
  await lockProvider(ctx, slug);
  const before = await readProvider(ctx, slug);
  requireVersion(before.version, ifMatch);
  const baseUrl = change.baseUrl ?? before.base_url;
  if (before.key_ending !== null && change.apiKey === undefined && new URL(baseUrl).origin !== new URL(before.base_url).origin) {
    const detail = 'The kept key would go to another host. Send the key for the new address with it, or null.';
    throw new Fault('provider.key_stays', detail, { errors: [{ pointer: '/apiKey', code: 'provider.key_stays', detail }] });
  }
  const after = providerFrom(await write(ctx, { slug, wire: before.wire, baseUrl }, change.apiKey));
  await audit(ctx, 'provider.changed', { kind: 'provider', id: slug }, providerFrom(before), after);
  return after;
}

/** Ends a provider and forgets its key; one that was there from the start is as it was then. @throws Fault provider.not_found */
export async function endProvider(ctx: Context, slug: string): Promise<ProviderOut> {
  await lockProvider(ctx, slug);
  const before = await readProvider(ctx, slug);
  forgetProvider(ctx.orgId, slug);
  const [ended] = await ctx.tx.query<ProviderRow>(
    `UPDATE provider SET ended_at = $3, sealed_key = NULL, key_ending = NULL, key_set_at = NULL, version = version + 1
     WHERE org_id = $1 AND slug = $2 AND ended_at IS NULL RETURNING ${PROVIDER_COLUMNS}`,
    [ctx.orgId, slug, toIso(ctx.now)],
  );
  const after = BUILT_IN.has(slug) || !ended ? providerFrom(await readProvider(ctx, slug)) : providerFrom(ended);
  await audit(ctx, 'provider.ended', { kind: 'provider', id: slug }, providerFrom(before), after);
  return after;
}
