import type { Context } from '@/lib/context';
import type { FieldFault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { arrayText } from '@/lib/ledger/columns';
import type { UsageRecord } from './record';

/** A record that was not taken: its place in what was sent, what is wrong, and the record as it came. */
export type Rejection = FieldFault & { index: number; eventId: string | null; body: unknown };

export const rejectionOf = (placed: { index: number; body: unknown; record: UsageRecord }, fault: FieldFault): Rejection => ({
  index: placed.index,
  eventId: placed.record.eventId,
  ...fault,
  body: placed.body,
});

const LONGEST_BODY = 8_000;

/** The record as kept beside its rejection: cut where it is long, and without what Postgres cannot keep (NUL, halves of surrogate pairs). */
export function bodyText(body: unknown): string {
  const text = JSON.stringify(body) ?? 'null';
  const kept = text.length <= LONGEST_BODY ? text : JSON.stringify({ cut: text.slice(0, LONGEST_BODY / 2) });
  // JSON writes what Postgres cannot keep as an escape, so replacing the escapes is enough.
  return kept.replaceAll('\\u0000', '\\ufffd').replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\\ufffd');
}

const plain = (text: string): string => text.slice(0, 400).replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd');

/** Keeps rejected records, so that people find them on Data. */
export async function writeRejections(ctx: Context, source: string, rejected: readonly Rejection[]): Promise<void> {
  if (rejected.length === 0) return;
  await ctx.tx.query(
    `INSERT INTO rejected_record (org_id, id, received_at, source, event_id, code, pointer, detail, body)
     SELECT $1, t.id, $2, $3, t.event_id, t.code, t.pointer, t.detail, t.body::jsonb
       FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) AS t(id, event_id, code, pointer, detail, body)`,
    [
      ctx.orgId,
      toIso(ctx.now),
      source,
      arrayText(rejected.map(() => makeId('rej', ctx.now))),
      arrayText(rejected.map((each) => each.eventId)),
      arrayText(rejected.map((each) => each.code)),
      arrayText(rejected.map((each) => plain(each.pointer))),
      arrayText(rejected.map((each) => plain(each.detail))),
      arrayText(rejected.map((each) => bodyText(each.body))),
    ],
  );
}
