import type { Context } from '@/lib/context';
import { days, plus, toIso } from '@/lib/kernel/instant';
import type { Ending } from './settlement';

/** How long an event id is remembered: as long as a record may come late, and a day. */
const KEPT_DAYS = 401;

/** Event ids on the books, and provider responses with the source that booked them. */
export type NamesInUse = { events: Set<string>; responses: Map<string, string> };

export const responseName = (provider: string, responseId: string): string => `${provider} ${responseId}`;

/** Which of the event ids and provider responses that settlements name are on the books already. */
export async function namesInUse(
  ctx: Context,
  settles: { eventId?: string | undefined; responseId?: string | undefined; provider: string | undefined }[],
): Promise<NamesInUse> {
  const eventIds = settles.flatMap((each) => (each.eventId === undefined ? [] : [each.eventId]));
  const named = settles.filter((each) => each.responseId !== undefined && each.provider !== undefined);
  const events =
    eventIds.length === 0
      ? []
      : await ctx.tx.query<{ id: string }>('SELECT event_id AS id FROM event_key WHERE org_id = $1 AND event_id = ANY($2)', [
          ctx.orgId,
          eventIds,
        ]);
  const responses =
    named.length === 0
      ? []
      : await ctx.tx.query<{ provider: string; id: string; source: string }>(
          `SELECT provider, response_id AS id, source FROM response_key
            WHERE org_id = $1 AND (provider, response_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
          [ctx.orgId, named.map((each) => each.provider as string), named.map((each) => each.responseId as string)],
        );
  return {
    events: new Set(events.map((each) => each.id)),
    responses: new Map(responses.map((each) => [responseName(each.provider, each.id), each.source])),
  };
}

const byText = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1);

/** Remembers the event ids and provider responses that settlements named, in key order. A race with another source aborts and is run again. */
export async function rememberNames(ctx: Context, endings: Ending[]): Promise<void> {
  const rows = endings.flatMap(({ entries, end }) =>
    entries.filter((entry) => entry.kind !== 'presumed' && entry.calls === 1).map((entry) => ({ entry, hash: end.hash })),
  );
  const events = rows.filter(({ entry }) => entry.eventId !== null).sort((a, b) => byText(a.entry.eventId, b.entry.eventId));
  if (events.length > 0) {
    await ctx.tx.query(
      `INSERT INTO event_key (org_id, event_id, body_hash, keep_until)
       SELECT $1, w.id, decode(w.hash, 'hex'), w.keep FROM unnest($2::text[], $3::text[], $4::timestamptz[]) AS w(id, hash, keep)`,
      [
        ctx.orgId,
        events.map(({ entry }) => entry.eventId),
        events.map(({ hash }) => hash),
        events.map(({ entry }) => toIso(plus(entry.occurredAt, days(KEPT_DAYS)))),
      ],
    );
  }
  const responses = rows
    .filter(({ entry }) => entry.responseId !== null)
    .sort((a, b) => byText(`${a.entry.provider}\0${a.entry.responseId}`, `${b.entry.provider}\0${b.entry.responseId}`));
  if (responses.length === 0) return;
  await ctx.tx.query(
    `INSERT INTO response_key (org_id, provider, response_id, event_id, source, amount_nano, at)
     SELECT $1, w.provider, w.id, w.event, 'settle', w.amount, $6::timestamptz
       FROM unnest($2::text[], $3::text[], $4::text[], $5::int8[]) AS w(provider, id, event, amount)`,
    [
      ctx.orgId,
      responses.map(({ entry }) => entry.provider),
      responses.map(({ entry }) => entry.responseId),
      responses.map(({ entry }) => entry.eventId ?? entry.holdId),
      responses.map(({ entry }) => entry.amountNano),
      toIso(ctx.now),
    ],
  );
}
