import { createHash } from 'node:crypto';
import { type Instant, toIso } from '@/lib/kernel/instant';

/** An entry as the chain reads it: `before` and `after` as Postgres writes its jsonb, byte for byte. */
export type EntryRow = {
  org_id: string;
  id: string;
  at: Instant;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  before: string | null;
  after: string | null;
  request_id: string | null;
  sequence: bigint | null;
  hash: Buffer | null;
};

/** The columns of an `EntryRow`, in SQL. */
export const ENTRY_COLUMNS = `org_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
  before::text AS before, after::text AS after, request_id, sequence, hash`;

/** What the first entry of an organisation is chained to. */
export const CHAIN_START = Buffer.alloc(32);

/** The hash that chains an entry to the one before: SHA-256 over that one's hash and everything this one says, its place included. */
export function chainedHash(before: Buffer, sequence: bigint, entry: EntryRow): Buffer {
  const said = [
    ...[String(sequence), entry.org_id, entry.id, toIso(entry.at), entry.actor_kind, entry.actor_id, entry.actor_name],
    ...[entry.action, entry.subject_kind, entry.subject_id, entry.before, entry.after, entry.request_id],
  ];
  return createHash('sha256').update(before).update(JSON.stringify(said)).digest();
}
