import { clockSql, readClock } from '@/lib/clock';
import type { Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import { toIso } from '@/lib/kernel/instant';
import { arrayText } from '@/lib/ledger/columns';
import { presumeHoldsOfKey } from '@/lib/spend/hold/expire';

/** How often the keys of running streams are looked at, all of a process in one statement. */
const LOOK_EVERY_MS = 1_000;

type Key = { orgId: string; keyId: string };
/** Why a key opens nothing more. */
export type KeyEnd = 'revoked' | 'expired';
type Running = Key & { cut: (why: KeyEnd) => void };

const running = new Set<Running>();
let isLooking = false;

const named = ({ orgId, keyId }: Key): string => `${orgId} ${keyId}`;

/**
 * Cuts a running stream when its key has been revoked or has expired, within a second of that or a little more. What the key holds
 * open is presumed spent by then.
 * @param cut is called at most once · @returns the stream has ended: it is looked at no further
 */
export function whenKeyEnds({ orgId, keyId }: Key, cut: (why: KeyEnd) => void): () => void {
  const stream = { orgId, keyId, cut };
  running.add(stream);
  if (!isLooking) lookSoon();
  return () => void running.delete(stream);
}

function lookSoon(): void {
  isLooking = true;
  setTimeout(look, LOOK_EVERY_MS).unref();
}

async function look(): Promise<void> {
  const streams = [...running];
  // While the database cannot be asked streams go on: whatever a key holds open is presumed before they are cut.
  const ends = await endsAmong(streams).catch(() => new Map<string, KeyEnd>());
  const over = streams.filter((each) => ends.has(named(each)) && running.delete(each));
  isLooking = false;
  if (running.size > 0) lookSoon();
  for (const stream of over) stream.cut(ends.get(named(stream)) as KeyEnd);
}

/** Which of the keys have ended, by their names. What an expired one holds open is presumed here; whoever revokes one does it there. */
async function endsAmong(streams: readonly Key[]): Promise<Map<string, KeyEnd>> {
  const keys = new Map(streams.map((each) => [named(each), each]));
  if (keys.size === 0) return new Map();
  const states = await statesOf([...keys.values()]);
  const ends = new Map<string, KeyEnd>();
  for (const [name, key] of keys) {
    const isExpired = states.get(name);
    if (isExpired) await presumeAll(key);
    if (isExpired !== false) ends.set(name, isExpired ? 'expired' : 'revoked');
  }
  return ends;
}

/** Of those keys that have not been revoked, by their names: whether they have expired. */
async function statesOf(keys: readonly Key[]): Promise<Map<string, boolean>> {
  const clock = clockSql();
  const now = clock === null ? [toIso(await readClock(reader()))] : [];
  const rows = await reader().query<Key & { isExpired: boolean }>(
    `SELECT org_id AS "orgId", id AS "keyId", expires_at IS NOT NULL AND expires_at <= ${clock ?? '$3::timestamptz'} AS "isExpired" FROM api_key
      WHERE (org_id, id) IN (SELECT * FROM unnest($1::text[], $2::text[])) AND revoked_at IS NULL`,
    [arrayText(keys.map((each) => each.orgId)), arrayText(keys.map((each) => each.keyId)), ...now],
    clock === null ? 'keys_not_revoked_at' : 'keys_not_revoked',
  );
  return new Map(rows.map((row) => [named(row), row.isExpired]));
}

const actor: Context['actor'] = { kind: 'system', id: 'key.expiry', name: 'Key expiry' };

const presumeAll = ({ orgId, keyId }: Key): Promise<number> =>
  transaction(async (tx) => presumeHoldsOfKey({ actor, orgId, requestId: 'key.expiry', tx, now: await readClock(tx) }, keyId));
