import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { days, plus, toIso } from '@/lib/kernel/instant';
import type { Book } from '@/lib/price/rules';
import { hashOf } from '@/lib/spend/decide/ask';
import type { Op, Outcome } from '@/lib/spend/decide/ops';
import type { Exposure } from './exposure';
import { endHolds, type Hold } from './rows';
import { bookedElsewhere, type Ending, releaseOf, type Said, settlementOf } from './settlement';

/** How long an event id is remembered: as long as a record may come late, and a day. */
const KEPT_DAYS = 401;

type Ends = Exclude<Op, { kind: 'authorize' }>;

/**
 * Works out how the settled and released holds of a batch end, and writes the ends of the holds. Twice the same is the same answer;
 * a hold that is not there, or not the key's, is not found.
 * @returns the endings, whose entries and changes are still to be written · outcomes are filled in where the ops stand
 */
export async function endAll(
  ctx: Context,
  book: Book,
  ops: Op[],
  holds: Map<string, Hold>,
  exposures: Map<string, Exposure>,
  outcomes: Outcome[],
): Promise<Ending[]> {
  const ends = ops.flatMap((op, i) => (op.kind === 'authorize' ? [] : [{ op, i }]));
  if (ends.length === 0) return [];
  const [taken, booked] = await namesInUse(
    ctx,
    ends.map(({ op }) => op),
    holds,
  );
  const endings = new Map<string, Ending>();
  for (const { op, i } of ends) {
    const hold = holds.get(op.request.holdId);
    const live = exposures.get(op.keyId)?.live ?? false;
    outcomes[i] = live
      ? endOne(ctx, book, op, hold, endings, taken, booked)
      : { fault: new Fault('key.not_live', 'This API key has been revoked or has expired.') };
  }
  const all = [...endings.values()];
  await rememberNames(ctx, all);
  await endHolds(
    ctx,
    all.map((each) => each.end),
  );
  return all;
}

function endOne(
  ctx: Context,
  book: Book,
  op: Ends,
  hold: Hold | undefined,
  endings: Map<string, Ending>,
  taken: Set<string>,
  booked: Set<string>,
): Outcome {
  if (!hold || (op.pins.workload !== undefined && op.pins.workload !== hold.workload)) {
    return { fault: new Fault('hold.not_found', 'There is no such hold of this key.') };
  }
  const before = endings.get(hold.id);
  const state = before ? before.end.state : hold.state;
  if (op.kind === 'release') {
    if (state === 'released') return { answer: { releasedNanoUsd: String(hold.held) } };
    if (state !== 'open') return { fault: new Fault('hold.not_open', `This hold is ${state}; only an open one can be released.`) };
    endings.set(hold.id, releaseOf(hold));
    return { answer: { releasedNanoUsd: String(hold.held) } };
  }
  const said = hashOf(op.request);
  if (state === 'settled') {
    const earlier = before ? { hash: before.end.hash, answer: before.end.answer } : { hash: hold.settledHash, answer: hold.settledAnswer };
    if (earlier.hash === said) return { answer: earlier.answer as never };
    return {
      fault: new Fault('hold.settled_otherwise', 'This hold was settled with other figures. A person can correct it by an adjustment.'),
    };
  }
  if (before) return { fault: new Fault('hold.not_open', 'This hold was released in the same request.') };
  const { eventId, responseId } = op.request;
  if (eventId !== undefined && taken.has(eventId)) {
    return {
      fault: new Fault('usage.conflict', 'This eventId is on the books already. Settle before reporting, or name holdId in the record.'),
    };
  }
  const response = responseId === undefined ? null : responseKey(op.request.provider ?? hold.provider, responseId);
  const ending =
    response !== null && booked.has(response)
      ? bookedElsewhere(hold, said, ctx.now)
      : settlementOf(hold, saidBy(op.request, ctx, hold), said, book, ctx.now);
  if (eventId !== undefined) taken.add(eventId);
  if (response !== null) booked.add(response);
  endings.set(hold.id, ending);
  return { answer: ending.answer };
}

const responseKey = (provider: string, responseId: string): string => `${provider} ${responseId}`;

const saidBy = (request: Extract<Op, { kind: 'settle' }>['request'], ctx: Context, hold: Hold): Said => ({
  units: request.units,
  provider: request.provider ?? null,
  model: request.model ?? null,
  eventId: request.eventId ?? null,
  responseId: request.responseId ?? null,
  latencyMs: request.latencyMs ?? null,
  source: 'settle',
  occurredAt: hold.state === 'open' ? ctx.now : hold.authorisedAt,
});

/** Which of the event ids and provider responses that the ops name are on the books already. */
async function namesInUse(ctx: Context, ends: Ends[], holds: Map<string, Hold>): Promise<[Set<string>, Set<string>]> {
  const settles = ends.flatMap((op) => (op.kind === 'settle' ? [op.request] : []));
  const eventIds = settles.flatMap((each) => (each.eventId === undefined ? [] : [each.eventId]));
  const responses = settles.flatMap((each) => {
    const provider = each.provider ?? holds.get(each.holdId)?.provider;
    return each.responseId === undefined || provider === undefined ? [] : [{ provider, responseId: each.responseId }];
  });
  const events =
    eventIds.length === 0
      ? []
      : await ctx.tx.query<{ id: string }>('SELECT event_id AS id FROM event_key WHERE org_id = $1 AND event_id = ANY($2)', [
          ctx.orgId,
          eventIds,
        ]);
  const known =
    responses.length === 0
      ? []
      : await ctx.tx.query<{ provider: string; id: string }>(
          `SELECT provider, response_id AS id FROM response_key
            WHERE org_id = $1 AND (provider, response_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
          [ctx.orgId, responses.map((each) => each.provider), responses.map((each) => each.responseId)],
        );
  return [new Set(events.map((each) => each.id)), new Set(known.map((each) => responseKey(each.provider, each.id)))];
}

/** Remembers the event ids and provider responses that settlements named, in key order. A race with another source aborts and is run again. */
async function rememberNames(ctx: Context, endings: Ending[]): Promise<void> {
  const rows = endings.flatMap((ending) =>
    ending.entries.filter((entry) => entry.kind !== 'presumed' && entry.calls === 1).map((entry) => ({ entry, hash: ending.end.hash })),
  );
  const events = rows
    .filter(({ entry }) => entry.eventId !== null)
    .sort((a, b) => ((a.entry.eventId ?? '') < (b.entry.eventId ?? '') ? -1 : 1));
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
    .sort((a, b) => ((a.entry.responseId ?? '') < (b.entry.responseId ?? '') ? -1 : 1));
  if (responses.length > 0) {
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
}
