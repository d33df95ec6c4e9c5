import type { Context } from '@/lib/context';
import { together } from '@/lib/db';
import { days, type Instant, plus, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { NewEntry } from '@/lib/ledger/entry';

/** How long an event id is remembered: as long as a record may come late, and a day. */
const KEPT_DAYS = 401;

/** Event ids on the books, and provider responses with the source that booked them and for how much. */
export type NamesInUse = { events: Set<string>; responses: Map<string, { source: string; amountNano: NanoUsd }> };

/** An event id that a settlement named. */
export type NamedEvent = { eventId: string; hash: string; occurredAt: Instant };

export const responseName = (provider: string, responseId: string): string => `${provider} ${responseId}`;

/** Which of the event ids and provider responses that settlements name are on the books already. */
export async function namesInUse(
  ctx: Context,
  settles: { eventId?: string | undefined; responseId?: string | undefined; provider: string | undefined }[],
): Promise<NamesInUse> {
  const eventIds = settles.flatMap((each) => (each.eventId === undefined ? [] : [each.eventId]));
  const named = settles.filter((each) => each.responseId !== undefined && each.provider !== undefined);
  const [events, responses] = await together([
    eventIds.length === 0
      ? []
      : ctx.tx.query<{ id: string }>(
          'SELECT event_id AS id FROM event_key WHERE org_id = $1 AND event_id = ANY($2)',
          [ctx.orgId, eventIds],
          'events_in_use',
        ),
    named.length === 0
      ? []
      : ctx.tx.query<{ provider: string; id: string; source: string; amountNano: NanoUsd }>(
          `SELECT provider, response_id AS id, source, amount_nano AS "amountNano" FROM response_key
            WHERE org_id = $1 AND (provider, response_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
          [ctx.orgId, named.map((each) => each.provider as string), named.map((each) => each.responseId as string)],
          'responses_in_use',
        ),
  ]);
  return {
    events: new Set(events.map((each) => each.id)),
    responses: new Map(responses.map((each) => [responseName(each.provider, each.id), each])),
  };
}

const byText = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1);

/**
 * Remembers the event ids and provider responses that settlements named, in key order, sent together. A race with another source
 * aborts and is run again.
 */
export async function rememberNames(ctx: Context, named: readonly NamedEvent[], entries: readonly NewEntry[]): Promise<void> {
  await together([rememberEvents(ctx, named), rememberResponses(ctx, entries)]);
}

async function rememberEvents(ctx: Context, named: readonly NamedEvent[]): Promise<void> {
  if (named.length === 0) return;
  const events = [...named].sort((a, b) => byText(a.eventId, b.eventId));
  await ctx.tx.query(
    `INSERT INTO event_key (org_id, event_id, body_hash, keep_until)
     SELECT $1, w.id, decode(w.hash, 'hex'), w.keep FROM unnest($2::text[], $3::text[], $4::timestamptz[]) AS w(id, hash, keep)`,
    [
      ctx.orgId,
      events.map((each) => each.eventId),
      events.map((each) => each.hash),
      events.map((each) => toIso(plus(each.occurredAt, days(KEPT_DAYS)))),
    ],
    'remember_events',
  );
}

async function rememberResponses(ctx: Context, entries: readonly NewEntry[]): Promise<void> {
  const responses = entries
    .filter((entry) => entry.kind !== 'presumed' && entry.calls === 1 && entry.responseId !== null)
    .sort((a, b) => byText(`${a.provider}\0${a.responseId}`, `${b.provider}\0${b.responseId}`));
  if (responses.length === 0) return;
  await ctx.tx.query(
    `INSERT INTO response_key (org_id, provider, response_id, event_id, source, amount_nano, at)
     SELECT $1, w.provider, w.id, w.event, 'settle', w.amount, $6::timestamptz
       FROM unnest($2::text[], $3::text[], $4::text[], $5::int8[]) AS w(provider, id, event, amount)`,
    [
      ctx.orgId,
      responses.map((each) => each.provider),
      responses.map((each) => each.responseId),
      responses.map((each) => each.eventId ?? each.holdId),
      responses.map((each) => each.amountNano),
      toIso(ctx.now),
    ],
    'remember_responses',
  );
}
