import { createHash } from 'node:crypto';
import { openSealed, seal } from '@/lib/auth/seal';
import type { Context } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { hours, type Instant, plus, toIso } from '@/lib/kernel/instant';

const KEPT_HOURS = 24;
const KEY = /^[\x21-\x7e]{1,255}$/;

/** A request that may be repeated: its key, what it asks, and whether its answer holds a secret. */
export type Repeatable = { key: string; asked: Buffer; isSecret: boolean };

/** What `Idempotency-Key` asks for; null without the header. @throws Fault idempotency.malformed */
export function repeatableOf(request: Request, path: string, body: Uint8Array, isSecret: boolean): Repeatable | null {
  const key = request.headers.get('idempotency-key');
  if (key === null) return null;
  if (!KEY.test(key)) throw new Fault('idempotency.malformed', 'Idempotency-Key is 1 to 255 visible ASCII characters.');
  const asked = createHash('sha256').update(`${request.method} ${path}\n`).update(body).digest();
  return { key, asked, isSecret };
}

type Kept = { body_hash: Buffer; body: { answer?: unknown; sealed?: string }; expires_at: Instant };

/**
 * Does something once: a request with the same key and the same body gets the first one's answer for 24 hours, also when both
 * arrive together. The answer is kept in the transaction of the work; one with a secret is kept sealed, and only the same key opens it.
 * @throws Fault idempotency.mismatch when the key came with another request
 */
export async function once(ctx: Context, repeatable: Repeatable | null, work: () => Promise<unknown>): Promise<unknown> {
  if (repeatable === null) return work();
  const { key, asked, isSecret } = repeatable;
  const stored = createHash('sha256').update(key).digest('hex');
  const place = [ctx.orgId, ctx.actor.id, stored];
  const lock = createHash('sha256')
    .update(`idempotency:${place.join(':')}`)
    .digest()
    .readBigInt64BE();
  await ctx.tx.query('SELECT pg_advisory_xact_lock($1::int8)', [lock]);
  const [kept] = await ctx.tx.query<Kept>(
    'SELECT body_hash, body, expires_at FROM idempotent_answer WHERE org_id = $1 AND actor_id = $2 AND key = $3',
    place,
  );
  if (kept && kept.expires_at > ctx.now) {
    if (!kept.body_hash.equals(asked))
      throw new Fault('idempotency.mismatch', 'This Idempotency-Key came with another request before. Use a new key for a new request.');
    return kept.body.sealed === undefined ? kept.body.answer : JSON.parse(openSealed(kept.body.sealed, key));
  }
  const answer = await work();
  const body = isSecret ? { sealed: seal(JSON.stringify(answer), key) } : { answer };
  await ctx.tx.query(
    `INSERT INTO idempotent_answer (org_id, actor_id, key, body_hash, status, body, expires_at) VALUES ($1, $2, $3, $4, 200, $5, $6)
     ON CONFLICT (org_id, actor_id, key) DO UPDATE SET body_hash = excluded.body_hash, body = excluded.body, expires_at = excluded.expires_at`,
    [...place, asked, JSON.stringify(body), toIso(plus(ctx.now, hours(KEPT_HOURS)))],
  );
  return answer;
}

/** Forgets answers whose day is over. @returns how many */
export async function forgetAnswers(tx: Tx, now: Instant): Promise<number> {
  return (await tx.query('DELETE FROM idempotent_answer WHERE expires_at <= $1 RETURNING key', [toIso(now)])).length;
}
