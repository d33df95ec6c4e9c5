import { timingSafeEqual } from 'node:crypto';
import { clockSql, localClock, readClock } from '@/lib/clock';
import type { Actor, ModelPin, Pins, Scope } from '@/lib/context';
import { reader, type Tx } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { hashOfSecret } from './secrets';

/** A key as it stands in the database. */
type KeyRow = {
  org_id: string;
  id: string;
  name: string;
  secret_hash: Buffer;
  scopes: Scope[];
  pin_workload: string | null;
  pin_feature: string | null;
  pin_customer: string | null;
  pin_tags: Record<string, string>;
  pin_models: ModelPin[] | null;
  expires_at: Instant | null;
  revoked_at: Instant | null;
};

type Found = { orgId: string; actor: Extract<Actor, { kind: 'api_key' }>; expiresAt: Instant | null };
type Kept = { found: Promise<Found>; at: number };

const KEPT_MS = 1_000;
const KEPT_AT_MOST = 10_000;
const USED_EVERY_MS = 60_000;

const held = globalThis as { hardstopKeys?: Map<string, Kept>; hardstopKeysUsed?: Map<string, number> };

/**
 * The key a secret belongs to.
 * @param isHot a door that machines knock on all day: an answer up to one second old is taken, since the transaction that
 *   decides asks again whether the key is live
 * @throws Fault credentials.invalid · key.not_live
 */
export async function keyActor(secret: string, isHot: boolean): Promise<Found> {
  if (!isHot) return findKey(secret);
  held.hardstopKeys ??= new Map();
  const keys = held.hardstopKeys;
  const kept = keys.get(secret);
  if (kept && performance.now() - kept.at < KEPT_MS) {
    const found = await kept.found;
    refuseExpired(found.expiresAt, localClock());
    return found;
  }
  if (keys.size >= KEPT_AT_MOST) keys.clear();
  const found = findKey(secret);
  keys.set(secret, { found, at: performance.now() });
  // A refusal is asked anew each time: a key made a moment later must work at once.
  found.catch(() => keys.delete(secret));
  return found;
}

async function findKey(secret: string): Promise<Found> {
  const hash = hashOfSecret(secret);
  const tx = reader();
  const [row] = await tx.query<KeyRow & { now: Instant | null }>(
    `SELECT org_id, id, name, secret_hash, scopes, pin_workload, pin_feature, pin_customer, pin_tags, pin_models, expires_at,
            revoked_at, ${clockSql() ?? 'NULL::timestamptz'} AS now
       FROM api_key WHERE secret_hash = $1`,
    [hash],
    'key_by_hash',
  );
  if (!row || !timingSafeEqual(row.secret_hash, hash)) throw new Fault('credentials.invalid', 'This API key is not known here.');
  if (row.revoked_at !== null) throw notLive();
  const now = row.now ?? (await readClock(tx));
  refuseExpired(row.expires_at, now);
  noteUse(row.org_id, row.id, now);
  return { orgId: row.org_id, expiresAt: row.expires_at, actor: actorOf(row) };
}

function actorOf(row: KeyRow): Found['actor'] {
  const pins: Pins = { tags: row.pin_tags };
  if (row.pin_workload !== null) pins.workload = row.pin_workload;
  if (row.pin_feature !== null) pins.feature = row.pin_feature;
  if (row.pin_customer !== null) pins.customer = row.pin_customer;
  if (row.pin_models !== null) pins.models = row.pin_models;
  return { kind: 'api_key', id: row.id, name: row.name, scopes: row.scopes, pins };
}

const notLive = () => new Fault('key.not_live', 'This API key has been revoked or has expired.');

function refuseExpired(expiresAt: Instant | null, now: Instant): void {
  if (expiresAt !== null && expiresAt <= now) throw notLive();
}

/** Writes down that a key was used, at most once a minute and beside the request: nothing waits for it, nothing depends on it. */
function noteUse(orgId: string, keyId: string, now: Instant): void {
  held.hardstopKeysUsed ??= new Map();
  const used = held.hardstopKeysUsed;
  const last = used.get(keyId);
  if (last !== undefined && performance.now() - last < USED_EVERY_MS) return;
  if (used.size >= KEPT_AT_MOST) used.clear();
  used.set(keyId, performance.now());
  reader()
    .query('UPDATE api_key SET last_used_at = $3 WHERE org_id = $1 AND id = $2', [orgId, keyId, toIso(now)])
    .catch(() => used.delete(keyId));
}

/**
 * Refuses a transaction in which a key is not live any more: hot doors know a key from up to a second ago.
 * @throws Fault key.not_live
 */
export async function assertKeysLive(tx: Tx, orgId: string, keyIds: Iterable<string>, now: Instant): Promise<void> {
  const wanted = [...new Set(keyIds)];
  const live = await tx.query<{ id: string }>(
    'SELECT id FROM api_key WHERE org_id = $1 AND id = ANY($2) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)',
    [orgId, wanted, toIso(now)],
    'keys_live',
  );
  if (live.length < wanted.length) throw notLive();
}
