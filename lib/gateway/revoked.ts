import { reader } from '@/lib/db';
import { arrayText } from '@/lib/ledger/columns';

/** How often the keys of running streams are looked at, all of a process in one statement. */
const LOOK_EVERY_MS = 1_000;

type Key = { orgId: string; keyId: string };
type Running = Key & { cut: () => void };

const running = new Set<Running>();
let isLooking = false;

const named = ({ orgId, keyId }: Key): string => `${orgId} ${keyId}`;

/**
 * Cuts a running stream when its key has been revoked, within a second of the commit or a little more.
 * @param cut is called at most once · @returns the stream has ended: it is looked at no further
 */
export function whenRevoked({ orgId, keyId }: Key, cut: () => void): () => void {
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
  // While the database cannot be asked streams go on: whatever a key holds open is presumed by whoever revokes it.
  const live = await liveAmong(streams).catch(() => null);
  const revoked = streams.filter((each) => live !== null && !live.has(named(each)) && running.delete(each));
  isLooking = false;
  if (running.size > 0) lookSoon();
  for (const stream of revoked) stream.cut();
}

/** Which of the keys have not been revoked. */
async function liveAmong(streams: readonly Key[]): Promise<Set<string>> {
  const keys = [...new Map(streams.map((each) => [named(each), each])).values()];
  if (keys.length === 0) return new Set();
  const rows = await reader().query<Key>(
    `SELECT org_id AS "orgId", id AS "keyId" FROM api_key
      WHERE (org_id, id) IN (SELECT * FROM unnest($1::text[], $2::text[])) AND revoked_at IS NULL`,
    [arrayText(keys.map((each) => each.orgId)), arrayText(keys.map((each) => each.keyId))],
    'keys_not_revoked',
  );
  return new Set(rows.map(named));
}
